// HTTPS servers of Node, or of Bun: CERT KEY CA, then PORT MODE for each.
const fs = require('fs');
const [cert, key, ca, ...doors] = process.argv.slice(2);
const read = (path) => fs.readFileSync(path, 'utf8');
for (let at = 0; at < doors.length; at += 2) {
  const [port, mode] = [Number(doors[at]), doors[at + 1]];
  const tls = { cert: read(cert), key: read(key), ca: read(ca) };
  tls.requestCert = mode !== 'never';
  tls.rejectUnauthorized = mode === 'required';
  const early = mode === 'early';
  if (typeof Bun !== 'undefined') {
    Bun.serve({ port, hostname: '127.0.0.1', tls, fetch: () => new Response('ok\n') });
  } else {
    const server = require('https').createServer(tls, (_, answer) => answer.end('ok\n'));
    // It denies as soon as the handshake is done, and waits for no request.
    if (early) server.on('secureConnection', (socket) => {
      if (!socket.authorized) socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
    server.listen(port, '127.0.0.1');
  }
}
