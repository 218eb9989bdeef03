#!/usr/bin/env python3
"""Writes the trees and worlds that BENCHMARKS.md measures; the same bytes on every machine.

Without names, all but the log:

  multi/        100 files of about 1 MB, 100 MB in all; 1 document in 10 is Ambassador's
  small/        10,000 files of 1 to 4 documents, about 45 MB
  routes/       10,000 Mappings that name 1,000 TLSContexts, in 2,000 files
  log/gateway.log  1 GB of a gateway's log; one line in 200 tells of a failed handshake
  world/N.yaml  N Mappings that name N/10 TLSContexts, for N of 1,000, 10,000 and 100,000
"""

import argparse
import base64
import pathlib
import random

SHARES = [("ambassador", 10), ("Deployment", 30), ("Service", 20), ("ConfigMap", 20), ("Secret", 15), ("HPA", 5)]


def context(rng, n):
    return f"""apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata:
  name: upstream-{n}
  namespace: ns-{n % 40}
spec:
  hosts: []
  secret: client
  ca_secret: ca
  sni: svc-{n}.ns-{n % 40}.svc.cluster.local
  min_tls_version: v1.2
  alpn_protocols: http/1.1  # what the backends speak
"""


def certificates():
    """What makes the Secrets of all namespaces, and the Host that takes the traffic."""
    parts = [
        f"""apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {name}
  namespace: ns-{n}
spec:
  secretName: {name}
  issuerRef: {{name: internal, kind: ClusterIssuer}}
"""
        for n in range(40)
        for name in ("client", "ca")
    ]
    host = """apiVersion: getambassador.io/v3alpha1
kind: Host
metadata:
  name: all
  namespace: ns-0
spec:
  hostname: "*"
"""
    return [*parts, host]


def mapping(rng, n, context_number):
    return f"""apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: route-{n}
  namespace: ns-{n % 40}
  labels:
    app.kubernetes.io/name: route-{n}
    app.kubernetes.io/managed-by: Helm
spec:
  hostname: "*"
  prefix: /api/{n}/
  service: https://svc-{n}.ns-{n % 40}:8443
  tls: upstream-{context_number}
  timeout_ms: {rng.randrange(1000, 60000)}
"""


def deployment(rng, n):
    env = "".join(
        f"        - name: SETTING_{i}\n          value: \"{rng.randrange(10**6)}\"\n" for i in range(rng.randrange(4, 24))
    )
    return f"""# Source: charts/app-{n}/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{n}
  namespace: ns-{n % 40}
  labels: {{app: app-{n}, tier: backend}}
spec:
  replicas: {rng.randrange(1, 9)}
  selector:
    matchLabels:
      app: app-{n}
  template:
    metadata:
      labels:
        app: app-{n}
    spec:
      containers:
      - name: main
        image: "registry.example.com/team/app-{n}:1.{rng.randrange(99)}"
        args: ["--port", "8080", "--level=info"]
        ports:
        - containerPort: 8080
          name: http
        env:
{env}        resources:
          requests: {{cpu: 100m, memory: 128Mi}}
          limits:
            cpu: "1"
            memory: 512Mi
        readinessProbe:
          httpGet: {{path: /healthz, port: http}}
          periodSeconds: 10
      volumes:
      - name: config
        configMap:
          name: config-{n}
"""


def service(rng, n):
    annotation = ""
    if rng.randrange(20) == 0:
        annotation = f"""  annotations:
    getambassador.io/config: |
      ---
      apiVersion: getambassador.io/v3alpha1
      kind: Mapping
      name: annotated-{n}
      hostname: "*"
      prefix: /annotated/{n}/
      service: svc-{n}.ns-{n % 40}:8443
"""
    return f"""apiVersion: v1
kind: Service
metadata:
  name: svc-{n}
  namespace: ns-{n % 40}
{annotation}spec:
  type: ClusterIP
  selector:
    app: app-{n}
  ports:
  - name: https
    port: 8443
    targetPort: 8443
    protocol: TCP
"""


def config_map(rng, n):
    lines = "".join(
        f"    setting.number.{i} = value-{rng.randrange(10**9)}\n" for i in range(rng.randrange(20, 160))
    )
    return f"""apiVersion: v1
kind: ConfigMap
metadata:
  name: config-{n}
  namespace: ns-{n % 40}
data:
  LOG_LEVEL: info
  application.properties: |
{lines}"""


def secret(rng, n):
    def data():
        return base64.b64encode(rng.randbytes(rng.randrange(1200, 3900))).decode()

    return f"""apiVersion: v1
kind: Secret
metadata:
  name: app-credentials-{n}
  namespace: ns-{n % 40}
type: Opaque
data:
  token: {data()}
  settings.bin: {data()}
"""


def hpa(rng, n):
    return f"""apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: app-{n}
  namespace: ns-{n % 40}
spec:
  minReplicas: 1
  maxReplicas: {rng.randrange(2, 40)}
  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: app-{n}}}
"""


KINDS = {"Deployment": deployment, "Service": service, "ConfigMap": config_map, "Secret": secret, "HPA": hpa}


def document(rng, n):
    if n == 0:
        return context(rng, n)
    kind = rng.choices([name for name, _ in SHARES], [share for _, share in SHARES])[0]
    if kind != "ambassador":
        return KINDS[kind](rng, n)
    if rng.randrange(2) == 0:
        document.last_context = n
        return context(rng, n)
    return mapping(rng, n, document.last_context)


document.last_context = 0


def multi(folder):
    rng = random.Random(1)
    document.last_context = 0
    n = 0
    for file in range(100):
        parts, size = [] if file else certificates(), 0
        while size < 1_000_000:
            parts.append(document(rng, n))
            size += len(parts[-1])
            n += 1
        (folder / f"part-{file:03}.yaml").write_text("---\n".join(parts))


def small(folder):
    rng = random.Random(2)
    document.last_context = 0
    n = 0
    for file in range(10_000):
        below = folder / f"team-{file % 100:02}"
        below.mkdir(exist_ok=True)
        count = rng.randrange(1, 5)
        parts = [] if file else certificates()
        parts += [document(rng, n + i) for i in range(count)]
        below.joinpath(f"app-{file:05}.yaml").write_text("---\n".join(parts))
        n += count


def world(folder):
    rng = random.Random(3)
    for size in (1_000, 10_000, 100_000):
        contexts = size // 10
        parts = certificates() + [context(rng, n) for n in range(contexts)]
        parts += [mapping(rng, n, n % contexts) for n in range(size)]
        (folder / f"{size}.yaml").write_text("---\n".join(parts))


def routes(folder):
    rng = random.Random(5)
    (folder / "gateway.yaml").write_text("---\n".join(certificates()))
    for file in range(1_000):
        below = folder / f"team-{file % 50:02}"
        below.mkdir(exist_ok=True)
        below.joinpath(f"tls-{file:04}.yaml").write_text(context(rng, file))
        parts = [mapping(rng, 10 * file + n, (10 * file + n) % 1_000) for n in range(10)]
        below.joinpath(f"routes-{file:04}.yaml").write_text("---\n".join(parts))


# Words that any TLS problem has, for `grep -F -f`, which reads the same log as a yardstick.
WORDS = (
    "CERTIFICATE_VERIFY_FAILED TLSV1_ALERT_UNKNOWN_CA WRONG_VERSION_NUMBER UF,URX x509:".split()
    + ["found no certificate in", "is not defined", "Failed to load", "remote error: tls", "no healthy upstream"]
    + ["PKIX path building failed", "could not validate the envoy configuration"]
)


def log(folder):
    rng = random.Random(4)
    (folder / "words").write_text("\n".join(WORDS) + "\n")
    paths = ["/api/v1/items", "/shop/cart", "/health", "/login?user=a", "/static/app.js"]
    reason = (
        "TLS_error:|268435581:SSL_routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:verify_cert_failed:"
        "_X509_verify_cert:_certificate_verification_error_at_depth_0:_certificate_has_expired:TLS_error_end"
    )
    size = 0
    with (folder / "gateway.log").open("w") as file:
        while size < 1_000_000_000:
            time = f"2026-11-30T10:{rng.randrange(60):02}:{rng.randrange(60):02}.{rng.randrange(1000):03}Z"
            ip, id, path, kind = rng.randrange(255), rng.getrandbits(48), rng.choice(paths), rng.random()
            begin = f'ACCESS [{time}] "GET {path} HTTP/1.1"'
            end = f'"10.1.2.{ip}" "curl/7.68.0" "{id:08x}" "gw.example.com" "10.0.0.{ip % 9}:443"'
            if kind < 0.9:
                line = f"{begin} 200 - 0 {rng.randrange(10_000)} {rng.randrange(100)} 1 {end}\n"
            elif kind < 0.995:
                count = rng.randrange(1000)
                line = f"{time} diagd 3.9.1 [P15TAEW] INFO: configuration updated (complete) from snapshot {count} (S10 L1 G1 C{count % 50})\n"
            elif kind < 0.998:
                line = f"{begin} 503 UF,URX 0 91 {rng.randrange(100)} - {end}\n"
            else:
                line = f"{begin} 503 UF,URX 0 91 {rng.randrange(100)} - {end} {reason}\n"
            file.write(line)
            size += len(line)


def main():
    makers = {"multi": multi, "small": small, "routes": routes, "world": world, "log": log}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("trees", nargs="*", choices=makers, default=["multi", "small", "routes", "world"])
    args = parser.parse_args()
    for name in args.trees:
        below = args.folder / name
        below.mkdir(parents=True, exist_ok=True)
        makers[name](below)


main()
