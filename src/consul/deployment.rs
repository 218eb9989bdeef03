//! Manifests for a sync: the TLSContext that uses the Secret, and a Deployment with the least
//! privileges.

use std::fmt::Write as _;

/// The settings of the manifests.
#[derive(Debug, Clone)]
pub struct Deployment {
    /// The Secret's name.
    pub secret: String,
    /// The namespace of everything; must be Ambassador's, or one that it watches.
    pub namespace: String,
    /// The Ambassador's ID, if it has one.
    pub ambassador_id: Option<String>,
    /// The service in Consul, if it differs from the connector's default.
    pub service: Option<String>,
    /// An image with mtlsctl.
    pub image: String,
    /// Whether the Secret is like the connector's, which has no CA.
    pub compat: bool,
}

impl Deployment {
    /// The manifests, in the order in which to apply them.
    pub fn manifests(&self) -> String {
        let mut text = String::new();
        for part in [self.context(), self.account(), self.workload()] {
            text.push_str(&part);
        }
        text
    }

    /// The name of everything but the Secret and the context.
    fn name(&self) -> String {
        match &self.ambassador_id {
            Some(id) => format!("mtlsctl-consul-{id}"),
            None => "mtlsctl-consul".to_owned(),
        }
    }

    /// The context with its CA: Emissary verifies upstreams with `root-cert.pem` of the Secret.
    fn context(&self) -> String {
        let mut text = format!(
            "---\n\
             # For Mappings with `tls: ambassador-consul`.{}\n\
             apiVersion: getambassador.io/v3alpha1\n\
             kind: TLSContext\n\
             metadata:\n  name: ambassador-consul\n  namespace: {}\n\
             spec:\n",
            match self.compat {
                true => " The Secret has no CA, so no server is verified.",
                false => " The Secret's `root-cert.pem` verifies the servers.",
            },
            quoted(&self.namespace),
        );
        if let Some(id) = &self.ambassador_id {
            let _ = writeln!(text, "  ambassador_id: [{}]", quoted(id));
        }
        let _ = writeln!(text, "  secret: {}", quoted(&self.secret));
        if self.secret.contains('.') {
            // Otherwise the last dot would separate name and namespace.
            text.push_str("  secret_namespacing: false\n");
        }
        text
    }

    fn account(&self) -> String {
        let (name, namespace) = (quoted(&self.name()), quoted(&self.namespace));
        let secret = quoted(&self.secret);
        format!(
            "---\n\
             apiVersion: v1\nkind: ServiceAccount\n\
             metadata:\n  name: {name}\n  namespace: {namespace}\n\
             ---\n\
             apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n\
             metadata:\n  name: {name}\n  namespace: {namespace}\n\
             rules:\n\
             \x20 - apiGroups: [\"\"]\n    resources: [secrets]\n    resourceNames: [{secret}]\n    verbs: [get, patch]\n\
             \x20 # Creating cannot be limited to a name.\n\
             \x20 - apiGroups: [\"\"]\n    resources: [secrets]\n    verbs: [create]\n\
             ---\n\
             apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n\
             metadata:\n  name: {name}\n  namespace: {namespace}\n\
             roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: {name}\n\
             subjects:\n  - kind: ServiceAccount\n    name: {name}\n    namespace: {namespace}\n"
        )
    }

    fn workload(&self) -> String {
        let (name, namespace) = (quoted(&self.name()), quoted(&self.namespace));
        let mut variables = String::new();
        let mut set = |name: &str, value: &str| {
            let _ = write!(
                variables,
                "            - name: {name}\n              value: {}\n",
                quoted(value)
            );
        };
        if let Some(id) = &self.ambassador_id {
            set("_AMBASSADOR_ID", id);
        }
        if let Some(service) = &self.service {
            set("MTLSCTL_SERVICE", service);
        }
        set("_AMBASSADOR_TLS_SECRET_NAME", &self.secret);
        set("_AMBASSADOR_TLS_SECRET_NAMESPACE", &self.namespace);
        let mut arguments = vec!["consul", "sync", "-o", "kubernetes", "--listen", "0.0.0.0:8080"];
        if self.compat {
            arguments.push("--compat");
        }
        let arguments: Vec<String> = arguments.into_iter().map(quoted).collect();
        format!(
            "---\n\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  namespace: {namespace}
spec:
  replicas: 1
  # A second writer does no harm, and is of no use.
  strategy:
    type: Recreate
  selector:
    matchLabels:
      app.kubernetes.io/name: {name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {name}
      annotations:
        consul.hashicorp.com/connect-inject: \"false\"
    spec:
      serviceAccountName: {name}
      securityContext:
        runAsNonRoot: true
        runAsUser: 8888
      containers:
        - name: mtlsctl
          image: {}
          command: [mtlsctl]
          args: [{}]
          env:
            # Consul's client agent on the same node.
            - name: _CONSUL_HOST
              valueFrom:
                fieldRef:
                  fieldPath: status.hostIP
            # With ACLs: a token that may `service \"{}\" {{ policy = \"write\" }}`.
            - name: CONSUL_HTTP_TOKEN
              valueFrom:
                secretKeyRef:
                  name: {token}
                  key: token
                  optional: true
{variables}          ports:
            - name: http
              containerPort: 8080
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
          readinessProbe:
            httpGet:
              path: /readyz
              port: http
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          resources:
            requests:
              cpu: 10m
              memory: 16Mi
            limits:
              memory: 64Mi
",
            quoted(&self.image),
            arguments.join(", "),
            self.consul_name(),
            name = name,
            namespace = namespace,
            token = quoted(&format!("{}-token", self.name())),
        )
    }

    fn consul_name(&self) -> String {
        match (&self.service, &self.ambassador_id) {
            (Some(service), _) => service.clone(),
            (None, Some(id)) => format!("ambassador-{id}"),
            (None, None) => "ambassador".to_owned(),
        }
    }
}

/// The text as a YAML scalar, quoted if it could be read as anything else.
fn quoted(text: &str) -> String {
    let plain = text.len() > 3
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !matches!(text, "true" | "false" | "null");
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
