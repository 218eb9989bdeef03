// HTTPS servers of Node, or of Bun: CERT KEY CA, then PORT MODE for each.
const fs = require('fs');
const [cert, key, ca, ...doors] = process.argv.slice(2);
const read = (path) => fs.readFileSync(path, 'utf8');
for (let at = 0; at < doors.length; at += 2) {
  const [port, mode] = [Number(doors[at]), doors[at + 1]];
  const tls = { cert: read(cert), key: read(key), ca: read(ca) };
  tls.requestCert = mode !== 'never';
  tls.rejectUnauthorized = mode === 'required';
  if (typeof Bun !== 'undefined') {
    Bun.serve({ port, hostname: '127.0.0.1', tls, fetch: () => new Response('ok\n') });
  } else {
    require('https').createServer(tls, (_, answer) => answer.end('ok\n')).listen(port, '127.0.0.1');
  }
}
