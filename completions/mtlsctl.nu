module completions {

  def "nu-complete mtlsctl color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Lint and diagnose mutual TLS between Ambassador / Emissary-ingress and its upstreams
  export extern mtlsctl [
    --color: string@"nu-complete mtlsctl color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete mtlsctl lint group_by" [] {
    [ "file" "rule" "object" ]
  }

  def "nu-complete mtlsctl lint preset" [] {
    [ "regular" "strict" ]
  }

  def "nu-complete mtlsctl lint min_severity" [] {
    [ "note" "warning" "error" "never" ]
  }

  def "nu-complete mtlsctl lint report_scope" [] {
    [ "all" "files" "changes" ]
  }

  def "nu-complete mtlsctl lint fail_on" [] {
    [ "note" "warning" "error" "never" ]
  }

  def "nu-complete mtlsctl lint ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl lint files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl lint color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl lint hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Find problems with mutual TLS in these manifests
  export extern "mtlsctl lint" [
    --filename(-f): path      # Manifests, like PATH, but as in kubectl; repeatable
    --output(-o): string      # text, concise, json, jsonl or 7 more; =PATH writes to a file
    --group-by: string@"nu-complete mtlsctl lint group_by" # Group findings by file, rule or object (headings in text, order in concise)
    --statistics              # Show the number of findings per rule instead of the findings (text, concise)
    --max-per-rule: string    # Show at most N findings per rule, and how many more there are (text, concise)
    --select: string          # Run only rules whose id matches this glob; repeatable
    --ignore: string          # Skip rules whose id matches this glob; repeatable
    --no-ignores              # Also report findings that comments and annotations ignore
    --preset: string@"nu-complete mtlsctl lint preset" # Which rules run: the regular ones, or also the opt-in rules for CI gates, with unverified upstreams as errors (strict)
    --min-severity: string@"nu-complete mtlsctl lint min_severity" # Show only findings of at least this severity
    --expires-in: string      # When a certificate counts as expiring soon: a time (30d, 12h) or a share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]
    --show-suppressed         # Also show suppressed findings, with the reason: in text, concise, json and jsonl; sarif always has them
    --watch                   # Lint again whenever a file changes, until Ctrl-C; clears the screen first
    --list-rules              # List the rules that would run
    --show-files              # List the files that would be read
    --report-scope: string@"nu-complete mtlsctl lint report_scope" # Which findings to report: all, only those with a location in the given files (files), or these and dangling references, since a deletion has no location (changes). With files and changes, all files of --root are read
    --root: path              # The folder to read completely with --report-scope [default: the repository, else the working directory]
    --fail-on: string@"nu-complete mtlsctl lint fail_on" # Fail on findings of at least this severity
    --exit-zero               # Exit with 0 even if there are findings; input that cannot be checked still fails
    --allow-empty             # Succeed if the input has no Ambassador resources
    --fix                     # Apply the safe fixes in place
    --diff                    # Show what --fix would change without changing it; fail if there is anything to change
    --unsafe-fixes            # Also apply fixes that need a review
    --add-ignores: string     # Write a comment `# mtlsctl: ignore[RULE] REASON` above each finding; the reason may end in `until=2027-12-31`. With --diff, only show them
    --baseline: path          # Suppress the findings recorded in this file, by rule, object and field
    --update-baseline         # Record the current findings in the baseline instead
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl lint ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl lint files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --color: string@"nu-complete mtlsctl lint color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl lint hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    ...paths: path            # Manifests: files, folders, or - for standard input [default: .]
  ]

  def "nu-complete mtlsctl probe fail_on" [] {
    [ "error" "warning" ]
  }

  def "nu-complete mtlsctl probe as_job" [] {
    [ "print" "run" ]
  }

  def "nu-complete mtlsctl probe profile" [] {
    [ "envoy" "strict" ]
  }

  def "nu-complete mtlsctl probe ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl probe files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl probe color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl probe hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Perform the handshake that Ambassador would perform, and report the result
  export extern "mtlsctl probe" [
    --all                     # Probe every upstream in the input
    --filename(-f): path      # Manifests: files, folders, or - for standard input [default: .]
    --consul: string          # Use this Consul service's certificate and its mesh's roots, and check intentions; all from a Consul agent
    --output(-o): string      # text, short, table, json or 2 more; =PATH writes to a file
    --fail-on: string@"nu-complete mtlsctl probe fail_on" # Exit with 1 on this result or worse
    --cert: path              # The client certificate chain (PEM, leaf first)
    --key: path               # The client's private key (PEM)
    --ca: path                # The CA certificates to verify the server with (PEM)
    --crl: path               # Revocation lists (PEM)
    --sni: string             # The SNI to send; Envoy sends none unless the context sets it
    --servername: string      # The SNI to send; Envoy sends none unless the context sets it
    --alpn: string            # ALPN protocols to offer, separated by commas
    --min-tls-version: string # v1.0 to v1.3 [Envoy: v1.2]
    --max-tls-version: string # v1.0 to v1.3 [Envoy: v1.2]
    --cipher-suites: string   # Cipher suites by their OpenSSL names, separated by commas
    --ecdh-curves: string     # Key exchange groups, separated by commas
    --envoy: string           # The Envoy version to check for [default: the one that --emissary ships]
    --grpc                    # Use HTTP/2, as for a gRPC Mapping
    --tcp                     # Send no request, as for a TCPMapping, and wait for the server's first bytes
    --starttls: string        # Start TLS as this protocol does, which Ambassador itself cannot: postgres, mysql, nats, smtp, imap or ldap
    --host: string            # Host header of the request [the target's]
    --path: string            # Path of the request [the Mapping's prefix, rewritten; else /]
    --timeout: string         # Time limit for connect plus handshake, and again for the response [default: the Mapping's `connect_timeout_ms`, else 3s]
    --via: string             # Reach targets through this command's standard input and output, like ssh's ProxyCommand; {host} and {port} are replaced
    --in: string              # Reach targets from inside this pod, as Ambassador's Envoy does: deploy/NAME, ds/NAME, pod/NAME, or auto
    --as-job: string@"nu-complete mtlsctl probe as_job" # Probe from a Job next to that pod instead, for containers with none of these tools: print its manifest, or run it
    --image: string           # The image for the Job; it must contain mtlsctl
    --connect-to: string      # Connect to another address, as in curl; repeatable
    --resolve: string         # Use this address for a name, as in curl; repeatable
    --map: string             # Where files of the Ambassador pod are locally: /etc/istiocerts=./certs; repeatable
    --ipv6                    # Also look up IPv6 addresses, as if `enable_ipv6` were set in the Mapping or the Module
    --profile: string@"nu-complete mtlsctl probe profile" # Which ClientHello to send: Envoy's, or that of a strict TLS client
    --no-request              # Send no request; close the connection after the handshake
    --no-negative             # Do not connect a second time without a certificate
    --require-mutual          # Fail if the server does not require a client certificate
    --expect-spiffe: string   # Fail unless the server has this identity, one below it (`…/*`), or one in this trust domain
    --matrix                  # Detect the mesh's mTLS mode (seven extra connections)
    --wait: string            # Retry until every probe passes, for at most this long
    --interval: string        # The pause between two attempts
    --concurrency: string     # How many targets are probed at the same time
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl probe ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl probe files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --consul-addr: string     # host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]
    --http-addr: string       # host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]
    --consul-token-file: path # A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]
    --token-file: path        # A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]
    --consul-ca-file: path    # The CA file to verify the agent with [CONSUL_CACERT]
    --consul-ca-path: path    # A folder of CA files to verify the agent with [CONSUL_CAPATH]
    --consul-client-cert: path # The client certificate for the agent [CONSUL_CLIENT_CERT]
    --consul-client-key: path # The private key of that certificate [CONSUL_CLIENT_KEY]
    --consul-server-name: string # The expected name in the agent's certificate [CONSUL_TLS_SERVER_NAME, else the host]
    --consul-namespace: string # Consul's namespace (Enterprise) [CONSUL_NAMESPACE]
    --consul-partition: string # Consul's partition (Enterprise) [CONSUL_PARTITION]
    --consul-datacenter: string # Consul's datacenter [the agent's]
    --color: string@"nu-complete mtlsctl probe color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl probe hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    ...targets: string        # A Mapping's name, or a bare host:port
  ]

  def "nu-complete mtlsctl running fail_on" [] {
    [ "note" "warning" "error" "never" ]
  }

  def "nu-complete mtlsctl running ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl running files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl running color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl running hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Compare a running Envoy with what the manifests ask for
  export extern "mtlsctl running" [
    --diagnostics: string     # Ambassador's diagnostics as HOST:PORT, from which its release is read [with --in: 127.0.0.1:8877]
    --in: string              # Connect from inside this pod, through a relay: deploy/NAME, ds/NAME, pod/NAME, or auto
    --filename(-f): path      # Manifests: files, folders, or - for standard input [default: .]
    --map: string             # Where files of the Ambassador pod are locally: /etc/istiocerts=./certs; repeatable
    --expires-in: string      # Report loaded certificates that expire within this time (30d, 12h) or share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]
    --output(-o): string      # text, table, json, prom or sarif; =PATH writes to a file; repeatable
    --fail-on: string@"nu-complete mtlsctl running fail_on" # Fail on findings of at least this severity
    --allow-empty             # Succeed if the input has no Ambassador resources
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl running ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl running files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --color: string@"nu-complete mtlsctl running color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl running hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    ...admin: string          # Envoy's admin interface as HOST:PORT, or its saved responses: files, or a folder of them
  ]

  def "nu-complete mtlsctl resolve mode" [] {
    [ "plaintext" "tls" "mutual" "unverified" ]
  }

  def "nu-complete mtlsctl resolve ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl resolve files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl resolve color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl resolve hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Show each upstream, the TLS it really gets, and why
  export extern "mtlsctl resolve" [
    --filename(-f): path      # Manifests: files, folders, or - for standard input [default: .]
    --output(-o): string      # text, table or json; =PATH writes to a file; repeatable
    --mode: string@"nu-complete mtlsctl resolve mode" # Only show upstreams that get plaintext, tls, mutual, or TLS that accepts any server (unverified)
    --allow-empty             # Succeed if the input has no Ambassador resources
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl resolve ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl resolve files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --color: string@"nu-complete mtlsctl resolve color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl resolve hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    ...names: string          # Only show these: a name, NAMESPACE/NAME, a part of a name, or a service's host
  ]

  def "nu-complete mtlsctl upgrade ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl upgrade files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl upgrade color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl upgrade hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Show what an upgrade of Emissary changes for an input, and what to do first
  export extern "mtlsctl upgrade" [
    --from: string            # The release in use
    --to: string              # The release to upgrade to
    --output(-o): string      # text or json; =PATH writes to a file; repeatable
    --allow-empty             # Succeed if the input has no Ambassador resources
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl upgrade ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl upgrade files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --color: string@"nu-complete mtlsctl upgrade color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl upgrade hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    ...paths: path            # Manifests: files, folders, or - for standard input [default: .]
  ]

  def "nu-complete mtlsctl rehearse color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl rehearse hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Rehearse a change before making it
  export extern "mtlsctl rehearse" [
    --color: string@"nu-complete mtlsctl rehearse color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl rehearse hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mtlsctl rehearse rotation ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl rehearse rotation files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl rehearse rotation color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl rehearse rotation hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Find an order in which certificates, CAs and revocation lists can be replaced without a gap
  export extern "mtlsctl rehearse rotation" [
    --server-chain: path      # The chain that the server presents now (PEM)
    --server-chain-after: path # The chain that the server will present, if it changes too
    --live                    # Connect to the affected upstreams, and use the chains they present now
    --in: string              # Connect from inside a pod, as probe --in does: deploy/NAME, ds/NAME, sts/NAME, pod/NAME, or auto
    --server-ca: path         # The CAs that the server verifies client certificates with (PEM)
    --server-ca-after: path   # The CAs that it will verify with, if they change too
    --envoy: string           # The Envoy version to check for [default: the one that --emissary ships]
    --output(-o): string      # text or json; =PATH writes to a file; repeatable
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl rehearse rotation ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl rehearse rotation files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --color: string@"nu-complete mtlsctl rehearse rotation color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl rehearse rotation hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    before: string            # Manifests as they are now: a file, a folder, git:REV[:PATH], cluster:[CONTEXT], or -
    after: string             # Manifests as they will be
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl rehearse help" [
  ]

  # Find an order in which certificates, CAs and revocation lists can be replaced without a gap
  export extern "mtlsctl rehearse help rotation" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl rehearse help help" [
  ]

  def "nu-complete mtlsctl graph ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl graph files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl graph color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl graph hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Draw how trust flows from certificates through Secrets and contexts to routes
  export extern "mtlsctl graph" [
    --filename(-f): path      # Manifests: files, folders, or - for standard input [default: .]
    --output(-o): string      # text, mermaid, dot, json or html; =PATH writes to a file; repeatable
    --probe: path             # Results of `mtlsctl probe -o json` to show on the routes; a failed probe is an error
    --allow-empty             # Succeed if the input has no Ambassador resources
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl graph ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl graph files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --color: string@"nu-complete mtlsctl graph color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl graph hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    ...names: string          # Only show what leads to these: a Mapping's or Host's name, NAMESPACE/NAME, a part of a name, or a service's host
  ]

  def "nu-complete mtlsctl inspect judged_as" [] {
    [ "server" "client" ]
  }

  def "nu-complete mtlsctl inspect max_tls_version" [] {
    [ "v1.0" "v1.1" "v1.2" "v1.3" ]
  }

  def "nu-complete mtlsctl inspect fail_on" [] {
    [ "note" "warning" "error" "never" ]
  }

  def "nu-complete mtlsctl inspect ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl inspect files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl inspect color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl inspect hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Show certificates, keys and CRLs, and whether Envoy would accept them
  export extern "mtlsctl inspect" [
    --filename(-f): path      # Manifests with the Secrets and contexts: files, folders, or - [default: .]
    --ca: path                # Check whether Envoy would accept each target as a server's chain, with this file as `trusted_ca`
    --crl: path               # The CRL file to use with --ca
    --as: string@"nu-complete mtlsctl inspect judged_as" # What --ca checks chains as: a server's, as Ambassador's Envoy does, or a client's, as an Envoy next to the upstream does (Istio, Consul) [default: what the extended key usage allows]
    --key: path               # The private key of a certificate file: check whether Envoy would load the pair
    --envoy: string           # The Envoy version to check for [default: the one that --emissary ships]
    --max-tls-version: string@"nu-complete mtlsctl inspect max_tls_version" # The highest TLS version that the context allows, as in a TLSContext
    --ecdh-curves: string     # The key exchange groups of the context, as in a TLSContext
    --server-name: string     # The name that a strict client would check; Envoy does not check names
    --expires-in: string      # Fail if anything expires within this time (30d, 12h) or share of its life (25%) [default: warn at 30 days or a third of its life, whichever is shorter]
    --output(-o): string      # text, table, wide, json or prom; =PATH writes to a file; repeatable
    --fail-on: string@"nu-complete mtlsctl inspect fail_on" # Fail on findings of at least this severity
    --exit-zero               # Exit with 0 even if there are findings; input that cannot be checked still fails
    --allow-empty             # Succeed if there is nothing to inspect
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl inspect ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl inspect files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --consul-addr: string     # host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]
    --http-addr: string       # host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]
    --consul-token-file: path # A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]
    --token-file: path        # A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]
    --consul-ca-file: path    # The CA file to verify the agent with [CONSUL_CACERT]
    --consul-ca-path: path    # A folder of CA files to verify the agent with [CONSUL_CAPATH]
    --consul-client-cert: path # The client certificate for the agent [CONSUL_CLIENT_CERT]
    --consul-client-key: path # The private key of that certificate [CONSUL_CLIENT_KEY]
    --consul-server-name: string # The expected name in the agent's certificate [CONSUL_TLS_SERVER_NAME, else the host]
    --consul-namespace: string # Consul's namespace (Enterprise) [CONSUL_NAMESPACE]
    --consul-partition: string # Consul's partition (Enterprise) [CONSUL_PARTITION]
    --consul-datacenter: string # Consul's datacenter [the agent's]
    --color: string@"nu-complete mtlsctl inspect color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl inspect hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    ...targets: string        # Files or folders (PEM, DER, manifests), secret/[NAMESPACE/]NAME, context/NAME, HOST:PORT, consul:SERVICE
  ]

  def "nu-complete mtlsctl explain ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl explain files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl explain color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl explain hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Explain a rule, a log line about TLS, or a whole log
  export extern "mtlsctl explain" [
    --filename(-f): path      # Manifests in which names from the text are looked up: files or folders
    --output(-o): string      # text, json or schema (the JSON Schema of json); =PATH writes to a file; repeatable
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl explain ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl explain files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --color: string@"nu-complete mtlsctl explain color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl explain hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    ...what: string           # A rule's id, a code, a pasted line, a log file, or - for a log on standard input
  ]

  def "nu-complete mtlsctl consul color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl consul hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Copy a service's certificate and the mesh's roots from a Consul agent to Ambassador
  export extern "mtlsctl consul" [
    --color: string@"nu-complete mtlsctl consul color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl consul hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mtlsctl consul export key_form" [] {
    [ "pkcs8" "sec1" ]
  }

  def "nu-complete mtlsctl consul export color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl consul export hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Fetch the certificate and the roots once, and write them
  export extern "mtlsctl consul export" [
    --wait: string            # Retry until it succeeds, for at most this long; for agents that are still starting
    --manifests               # Instead of a certificate, print the TLSContext for it and a Deployment that keeps it current, with a minimal Role. The agent is not contacted
    --image: string           # The image for the Deployment of --manifests; it must contain mtlsctl
    --ambassador-id: string   # The ID of the Ambassador it is for [_AMBASSADOR_ID]
    --service: string         # The service in Consul [ambassador, or ambassador-ID]
    --secret: string          # The Secret's name [_AMBASSADOR_TLS_SECRET_NAME, else SERVICE-consul-connect]
    --secret-namespace: string # The Secret's namespace [_AMBASSADOR_TLS_SECRET_NAMESPACE, else that of the pod or kubeconfig]
    --include-root            # Also write the active root after the chain, although no peer needs it
    --key-form: string@"nu-complete mtlsctl consul export key_form" # The encoding of the private key
    --compat                  # Write exactly what Ambassador's connector wrote: without a CA, so Ambassador does not verify servers
    --output(-o): string      # manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), dir=DIR (files that change together), or kubernetes (the Secret itself); repeatable
    --kubeconfig: path        # The kubeconfig for -o kubernetes [KUBECONFIG, ~/.kube/config, else the pod's account]
    --context: string         # The kubeconfig context [the current one]
    --force-conflicts         # Take ownership of Secret fields that another client wrote
    --consul-addr: string     # host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]
    --http-addr: string       # host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]
    --consul-token-file: path # A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]
    --token-file: path        # A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]
    --consul-ca-file: path    # The CA file to verify the agent with [CONSUL_CACERT]
    --consul-ca-path: path    # A folder of CA files to verify the agent with [CONSUL_CAPATH]
    --consul-client-cert: path # The client certificate for the agent [CONSUL_CLIENT_CERT]
    --consul-client-key: path # The private key of that certificate [CONSUL_CLIENT_KEY]
    --consul-server-name: string # The expected name in the agent's certificate [CONSUL_TLS_SERVER_NAME, else the host]
    --consul-namespace: string # Consul's namespace (Enterprise) [CONSUL_NAMESPACE]
    --consul-partition: string # Consul's partition (Enterprise) [CONSUL_PARTITION]
    --consul-datacenter: string # Consul's datacenter [the agent's]
    --color: string@"nu-complete mtlsctl consul export color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl consul export hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mtlsctl consul sync key_form" [] {
    [ "pkcs8" "sec1" ]
  }

  def "nu-complete mtlsctl consul sync color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl consul sync hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Keep the certificate and the roots up to date until SIGTERM
  export extern "mtlsctl consul sync" [
    --ambassador-id: string   # The ID of the Ambassador it is for [_AMBASSADOR_ID]
    --service: string         # The service in Consul [ambassador, or ambassador-ID]
    --secret: string          # The Secret's name [_AMBASSADOR_TLS_SECRET_NAME, else SERVICE-consul-connect]
    --secret-namespace: string # The Secret's namespace [_AMBASSADOR_TLS_SECRET_NAMESPACE, else that of the pod or kubeconfig]
    --include-root            # Also write the active root after the chain, although no peer needs it
    --key-form: string@"nu-complete mtlsctl consul sync key_form" # The encoding of the private key
    --compat                  # Write exactly what Ambassador's connector wrote: without a CA, so Ambassador does not verify servers
    --output(-o): string      # manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), dir=DIR (files that change together), or kubernetes (the Secret itself); repeatable
    --kubeconfig: path        # The kubeconfig for -o kubernetes [KUBECONFIG, ~/.kube/config, else the pod's account]
    --context: string         # The kubeconfig context [the current one]
    --force-conflicts         # Take ownership of Secret fields that another client wrote
    --consul-addr: string     # host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]
    --http-addr: string       # host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]
    --consul-token-file: path # A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]
    --token-file: path        # A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]
    --consul-ca-file: path    # The CA file to verify the agent with [CONSUL_CACERT]
    --consul-ca-path: path    # A folder of CA files to verify the agent with [CONSUL_CAPATH]
    --consul-client-cert: path # The client certificate for the agent [CONSUL_CLIENT_CERT]
    --consul-client-key: path # The private key of that certificate [CONSUL_CLIENT_KEY]
    --consul-server-name: string # The expected name in the agent's certificate [CONSUL_TLS_SERVER_NAME, else the host]
    --consul-namespace: string # Consul's namespace (Enterprise) [CONSUL_NAMESPACE]
    --consul-partition: string # Consul's partition (Enterprise) [CONSUL_PARTITION]
    --consul-datacenter: string # Consul's datacenter [the agent's]
    --listen: string          # Serve /healthz, /readyz and /metrics on this address
    --ready-margin: string    # /readyz fails if the stored certificate expires within this time
    --max-wait: string        # How long a blocking query may take (10m at most)
    --max-pause: string       # The longest pause after failures
    --look: string            # How often to check an output even if nothing changed
    --color: string@"nu-complete mtlsctl consul sync color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl consul sync hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl consul help" [
  ]

  # Fetch the certificate and the roots once, and write them
  export extern "mtlsctl consul help export" [
  ]

  # Keep the certificate and the roots up to date until SIGTERM
  export extern "mtlsctl consul help sync" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl consul help help" [
  ]

  def "nu-complete mtlsctl lsp preset" [] {
    [ "regular" "strict" ]
  }

  def "nu-complete mtlsctl lsp min_severity" [] {
    [ "note" "warning" "error" "never" ]
  }

  def "nu-complete mtlsctl lsp ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl lsp files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl lsp color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl lsp hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Run the language server: findings as you type, hover, completion, rename, fixes
  export extern "mtlsctl lsp" [
    --stdio                   # Use standard input and output. This is the default; some editors pass the flag
    --select: string          # Run only rules whose id matches this glob; repeatable
    --ignore: string          # Skip rules whose id matches this glob; repeatable
    --no-ignores              # Also report findings that comments and annotations ignore
    --preset: string@"nu-complete mtlsctl lsp preset" # Which rules run: the regular ones, or also the opt-in rules for CI gates, with unverified upstreams as errors (strict)
    --min-severity: string@"nu-complete mtlsctl lsp min_severity" # Show only findings of at least this severity
    --expires-in: string      # When a certificate counts as expiring soon: a time (30d, 12h) or a share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]
    --baseline: path          # Suppress the findings recorded in this file, by rule, object and field
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl lsp ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl lsp files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --color: string@"nu-complete mtlsctl lsp color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl lsp hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mtlsctl config color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl config hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Print the schema of .mtlsctl.yaml, or the permissions needed in a cluster
  export extern "mtlsctl config" [
    --color: string@"nu-complete mtlsctl config color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl config hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mtlsctl config schema color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl config schema hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Print the JSON Schema of .mtlsctl.yaml, for editors
  export extern "mtlsctl config schema" [
    --color: string@"nu-complete mtlsctl config schema color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl config schema hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mtlsctl config rbac color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl config rbac hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Print a Role that is sufficient to read a cluster
  export extern "mtlsctl config rbac" [
    --namespace(-n): string   # Only this namespace, as a Role [default: all, as a ClusterRole]
    --exec                    # Also what `--in` needs: finding a pod, and exec into it
    --job                     # Also what `--as-job=run` needs: creating a Job, reading its log, and deleting it
    --color: string@"nu-complete mtlsctl config rbac color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl config rbac hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl config help" [
  ]

  # Print the JSON Schema of .mtlsctl.yaml, for editors
  export extern "mtlsctl config help schema" [
  ]

  # Print a Role that is sufficient to read a cluster
  export extern "mtlsctl config help rbac" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl config help help" [
  ]

  def "nu-complete mtlsctl demo color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl demo hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Run mtlsctl on a small example: find a fault, see its effect on the wire, fix it
  export extern "mtlsctl demo" [
    --color: string@"nu-complete mtlsctl demo color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl demo hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mtlsctl doctor color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl doctor hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # List what mtlsctl finds on this machine, and how to get what is missing
  export extern "mtlsctl doctor" [
    --color: string@"nu-complete mtlsctl doctor color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl doctor hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mtlsctl version color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl version hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Print the version, and which releases of Emissary and Envoy are known
  export extern "mtlsctl version" [
    --output(-o): string      # text or json; =PATH writes to a file; repeatable
    --color: string@"nu-complete mtlsctl version color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl version hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mtlsctl completions shell" [] {
    [ "bash" "zsh" "fish" "powershell" "elvish" "nushell" "kubectl" ]
  }

  def "nu-complete mtlsctl completions color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl completions hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Print a shell completion script
  export extern "mtlsctl completions" [
    --color: string@"nu-complete mtlsctl completions color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl completions hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete mtlsctl completions shell" # The shell it is for
  ]

  def "nu-complete mtlsctl diff fail_on" [] {
    [ "downgrade" "change" "never" ]
  }

  def "nu-complete mtlsctl diff ingest" [] {
    [ "snapshot" "k8s" "fs" ]
  }

  def "nu-complete mtlsctl diff files" [] {
    [ "assume" "check" ]
  }

  def "nu-complete mtlsctl diff color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl diff hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Compare the TLS of every upstream before and after a change
  export extern "mtlsctl diff" [
    --base: string            # Compare the working tree (all of it, or the given paths) with this revision, such as origin/main
    --staged                  # Compare staged changes with --base [default: HEAD]
    --envoy: string           # Check certificates as this Envoy version does; A..B compares two versions
    --output(-o): string      # text, table, json, markdown or 2 more; =PATH writes to a file
    --fail-on: string@"nu-complete mtlsctl diff fail_on" # What makes the command fail
    --allow-empty             # Succeed if neither side has Ambassador resources
    --exclude: string         # Exclude paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Also read files that .gitignore excludes
    --stdin-filename: path    # The file name for standard input, so that editors can lint unsaved changes
    --check-yaml              # Parse every document, even those that cannot matter, and report invalid YAML in them
    --kustomize(-k): path     # Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`
    --helm: path              # Render this chart folder first, with `helm template`
    --values: path            # Values for the chart; repeatable, the last one wins
    --ingest: string@"nu-complete mtlsctl diff ingest" # How manifests reach Ambassador
    --world: string           # If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador's id
    --context: string         # Read the cluster of this kubeconfig context; any files are applied over it
    --cluster: string         # Read this cluster of the kubeconfig
    --kubeconfig: path        # Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account]
    --namespace(-n): string   # Read this namespace of the cluster [the context's]
    --all-namespaces(-A)      # Read all namespaces of the cluster
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --external: string        # Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl diff files" # Whether certificate files in the Ambassador pod are assumed to exist, or checked
    --rootfs: path            # The folder used as the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder used as the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set
    --config: path            # The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]
    --no-config               # Read no configuration
    --isolated                # Read no configuration
    --show-settings           # Show every effective setting and where it comes from
    --emissary: string        # The Emissary version [default: from its workload in the input, else 4.1]
    --color: string@"nu-complete mtlsctl diff color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl diff hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    before?: string           # The side before the change, or the only input
    after?: string            # The side after the change
    ...more: string           # More paths in the working tree, with --base or --staged
  ]

  def "nu-complete mtlsctl man color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl man hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Show a manual page
  export extern "mtlsctl man" [
    --all: path               # Write all pages into this folder, for packaging
    --color: string@"nu-complete mtlsctl man color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl man hyperlinks" # When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK
    --at: string              # Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Print less: no summary on standard error
    --verbose(-v)             # Print more: which configuration applies, how many rules ran, how many documents were skipped
    --help(-h)                # Print help (see more with '--help')
    ...command: string        # The command, such as `lint` or `consul export` [default: mtlsctl itself]
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl help" [
  ]

  # Find problems with mutual TLS in these manifests
  export extern "mtlsctl help lint" [
  ]

  # Perform the handshake that Ambassador would perform, and report the result
  export extern "mtlsctl help probe" [
  ]

  # Compare a running Envoy with what the manifests ask for
  export extern "mtlsctl help running" [
  ]

  # Show each upstream, the TLS it really gets, and why
  export extern "mtlsctl help resolve" [
  ]

  # Show what an upgrade of Emissary changes for an input, and what to do first
  export extern "mtlsctl help upgrade" [
  ]

  # Rehearse a change before making it
  export extern "mtlsctl help rehearse" [
  ]

  # Find an order in which certificates, CAs and revocation lists can be replaced without a gap
  export extern "mtlsctl help rehearse rotation" [
  ]

  # Draw how trust flows from certificates through Secrets and contexts to routes
  export extern "mtlsctl help graph" [
  ]

  # Show certificates, keys and CRLs, and whether Envoy would accept them
  export extern "mtlsctl help inspect" [
  ]

  # Explain a rule, a log line about TLS, or a whole log
  export extern "mtlsctl help explain" [
  ]

  # Copy a service's certificate and the mesh's roots from a Consul agent to Ambassador
  export extern "mtlsctl help consul" [
  ]

  # Fetch the certificate and the roots once, and write them
  export extern "mtlsctl help consul export" [
  ]

  # Keep the certificate and the roots up to date until SIGTERM
  export extern "mtlsctl help consul sync" [
  ]

  # Run the language server: findings as you type, hover, completion, rename, fixes
  export extern "mtlsctl help lsp" [
  ]

  # Print the schema of .mtlsctl.yaml, or the permissions needed in a cluster
  export extern "mtlsctl help config" [
  ]

  # Print the JSON Schema of .mtlsctl.yaml, for editors
  export extern "mtlsctl help config schema" [
  ]

  # Print a Role that is sufficient to read a cluster
  export extern "mtlsctl help config rbac" [
  ]

  # Run mtlsctl on a small example: find a fault, see its effect on the wire, fix it
  export extern "mtlsctl help demo" [
  ]

  # List what mtlsctl finds on this machine, and how to get what is missing
  export extern "mtlsctl help doctor" [
  ]

  # Print the version, and which releases of Emissary and Envoy are known
  export extern "mtlsctl help version" [
  ]

  # Print a shell completion script
  export extern "mtlsctl help completions" [
  ]

  # Compare the TLS of every upstream before and after a change
  export extern "mtlsctl help diff" [
  ]

  # Show a manual page
  export extern "mtlsctl help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl help help" [
  ]

}

export use completions *
