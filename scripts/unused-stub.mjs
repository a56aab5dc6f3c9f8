// Stands for a dependency's dependency that nothing here calls.
export const Client = class {};
