// The Node peer: a TLS server that requires client certificates and logs as Node's own examples do.
//
//	node tls-server.js CERT KEY CA PORT
const fs = require('fs');
const tls = require('tls');

const [cert, key, ca, port] = process.argv.slice(2);
const server = tls.createServer({
  cert: fs.readFileSync(cert),
  key: fs.readFileSync(key),
  ca: fs.readFileSync(ca),
  requestCert: true,
  rejectUnauthorized: true,
  maxVersion: 'TLSv1.2',
}, (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok\n'));
server.on('tlsClientError', (error) => console.error('tlsClientError', error.code, error.message));
server.listen(Number(port), '127.0.0.1');
