// docker-modem's own ssh mode is never used (the person's ssh is); the real ssh2 cannot live in an ES module.
export class Client {}
