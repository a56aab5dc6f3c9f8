// Ink imports this for its debug mode only; the real package starts a socket.
export default { initialize() {}, connectToDevTools() {} };
