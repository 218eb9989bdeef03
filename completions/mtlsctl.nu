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
    --hyperlinks: string@"nu-complete mtlsctl hyperlinks" # When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too
    --at: string              # Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Say less: no summary on standard error
    --verbose(-v)             # Say more
    --help(-h)                # Print help
    --version(-V)             # Print version
  ]

  def "nu-complete mtlsctl lint report_scope" [] {
    [ "all" "files" ]
  }

  def "nu-complete mtlsctl lint fail_on" [] {
    [ "note" "warning" "error" "never" ]
  }

  def "nu-complete mtlsctl lint min_severity" [] {
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

  # Find what is wrong with the mutual TLS of these manifests
  export extern "mtlsctl lint" [
    --filename(-f): path      # The same, as in kubectl
    --output(-o): string      # text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or tap; with =PATH into a file; repeatable
    --format: string          # text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or tap; with =PATH into a file; repeatable
    --select: string          # Run only rules whose ids match one of these globs; repeatable
    --ignore: string          # Leave out rules whose ids match one of these globs; repeatable
    --no-ignores              # Report also what comments and annotations ask to ignore
    --show-suppressed         # Show suppressed findings in JSON, too, with the reason; SARIF always holds them
    --fix                     # Mend what can be mended safely, in the files themselves; what is left is reported. With -, print the mended text, and report on standard error
    --diff                    # Show what --fix would change, and change nothing; fail if there is anything
    --unsafe-fixes            # Make also fixes that somebody should look at
    --baseline: path          # Set aside the findings that this file knows, by rule, object and field
    --update-baseline         # Write the findings of this call into the baseline instead
    --list-rules              # List the rules that would run
    --show-files              # List the files that would be read
    --report-scope: string@"nu-complete mtlsctl lint report_scope" # Which findings count: all, or those with a place in the files given; then all files of --root are read, since what a file refers to may lie in another one
    --root: path              # The folder whose files are all read with --report-scope=files [default: the repository, else the working directory]
    --fail-on: string@"nu-complete mtlsctl lint fail_on" # Fail from this severity on
    --min-severity: string@"nu-complete mtlsctl lint min_severity" # Show findings from this severity on
    --exit-zero               # Succeed whatever is found; what could not be checked still fails
    --allow-empty             # Succeed where the input holds nothing of Ambassador's
    --exclude: string         # Leave out paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Read files that .gitignore leaves out, too
    --check-yaml              # Parse every document, also those that cannot matter, and report broken YAML in them
    --ingest: string@"nu-complete mtlsctl lint ingest" # How manifests reach Ambassador
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version to speak for
    --external: string        # An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl lint files" # Whether certificate files in the Ambassador pod are taken to be there, or looked for
    --rootfs: path            # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Take AMBASSADOR_FORCE_SECRET_VALIDATION as set
    --color: string@"nu-complete mtlsctl lint color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl lint hyperlinks" # When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too
    --at: string              # Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Say less: no summary on standard error
    --verbose(-v)             # Say more
    --help(-h)                # Print help (see more with '--help')
    ...paths: path            # Manifests: files, folders, or - for standard input [default: .]
  ]

  def "nu-complete mtlsctl probe profile" [] {
    [ "envoy" "strict" ]
  }

  def "nu-complete mtlsctl probe fail_on" [] {
    [ "error" "warning" ]
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

  # Perform the handshake Ambassador would perform, and say what came of it
  export extern "mtlsctl probe" [
    --all                     # Every upstream of the input
    --filename(-f): path      # Manifests: files, folders, or - for standard input [default: .]
    --cert: path              # The client's certificate chain, PEM, leaf first
    --key: path               # The client's private key, PEM
    --ca: path                # The authorities the server is judged by, PEM
    --crl: path               # Revocation lists, PEM
    --sni: string             # The name to send; Envoy sends none unless the context says so
    --servername: string      # The name to send; Envoy sends none unless the context says so
    --alpn: string            # Protocols to offer, by comma
    --min-tls-version: string # v1.0 to v1.3 [Envoy: v1.2]
    --max-tls-version: string # v1.0 to v1.3 [Envoy: v1.2]
    --cipher-suites: string   # Suites by their OpenSSL names, by comma
    --ecdh-curves: string     # Groups, by comma
    --envoy: string           # Which Envoy to speak for [default: the one that --emissary ships]
    --grpc                    # Speak HTTP/2, as for a gRPC Mapping
    --tcp                     # Send nothing of our own, as for a TCPMapping
    --host: string            # Host of the request [the target's]
    --timeout: string         # For TCP and TLS together, and again at most for an answer
    --connect-to: string      # Connect to another place instead, as in curl; may be repeated
    --resolve: string         # What a name stands for, as in curl; may be repeated
    --map: string             # Where files of the Ambassador pod are: /etc/istiocerts=./certs; may be repeated
    --ipv6                    # Ask DNS for IPv6 addresses too, as with Ambassador's `enable_ipv6`
    --profile: string@"nu-complete mtlsctl probe profile" # Whose hello to send
    --no-request              # Send no request; say goodbye after the handshake
    --no-negative             # Do not connect a second time without a certificate
    --require-mutual          # Fail if the server does not insist on a client certificate
    --expect-spiffe: string   # Fail unless the server has this identity, one below it (`…/*`), or one of this trust domain
    --matrix                  # Work out the mesh's mode by seven more connections
    --wait: string            # Try again until all is well, so long at most
    --interval: string        # Between two tries
    --concurrency: string     # Targets at a time
    --output(-o): string      # text, short (only what is not well), table, json, sarif or github; with =PATH into a file; repeatable
    --format: string          # text, short (only what is not well), table, json, sarif or github; with =PATH into a file; repeatable
    --fail-on: string@"nu-complete mtlsctl probe fail_on" # The least result that makes the exit code 1
    --exclude: string         # Leave out paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Read files that .gitignore leaves out, too
    --check-yaml              # Parse every document, also those that cannot matter, and report broken YAML in them
    --ingest: string@"nu-complete mtlsctl probe ingest" # How manifests reach Ambassador
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version to speak for
    --external: string        # An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl probe files" # Whether certificate files in the Ambassador pod are taken to be there, or looked for
    --rootfs: path            # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Take AMBASSADOR_FORCE_SECRET_VALIDATION as set
    --color: string@"nu-complete mtlsctl probe color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl probe hyperlinks" # When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too
    --at: string              # Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Say less: no summary on standard error
    --verbose(-v)             # Say more
    --help(-h)                # Print help (see more with '--help')
    ...targets: string        # A Mapping's name or a unique part of it, NAMESPACE/NAME, a service's host, a prefix; or a bare host:port, for which the flags below say what a context would
  ]

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
    --output(-o): string      # text or json; with =PATH into a file; repeatable
    --format: string          # text or json; with =PATH into a file; repeatable
    --allow-empty             # Succeed where the input holds nothing of Ambassador's
    --exclude: string         # Leave out paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Read files that .gitignore leaves out, too
    --check-yaml              # Parse every document, also those that cannot matter, and report broken YAML in them
    --ingest: string@"nu-complete mtlsctl resolve ingest" # How manifests reach Ambassador
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version to speak for
    --external: string        # An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl resolve files" # Whether certificate files in the Ambassador pod are taken to be there, or looked for
    --rootfs: path            # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Take AMBASSADOR_FORCE_SECRET_VALIDATION as set
    --color: string@"nu-complete mtlsctl resolve color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl resolve hyperlinks" # When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too
    --at: string              # Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Say less: no summary on standard error
    --verbose(-v)             # Say more
    --help(-h)                # Print help (see more with '--help')
    ...names: string          # Only these: a name, NAMESPACE/NAME, a part of a name, or a service's host
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

  # Draw how trust passes: certificate, Secret or file, TLSContext, Mapping, host and prefix
  export extern "mtlsctl graph" [
    --filename(-f): path      # Manifests: files, folders, or - for standard input [default: .]
    --output(-o): string      # text, mermaid, dot, json or html; with =PATH into a file; repeatable
    --format: string          # text, mermaid, dot, json or html; with =PATH into a file; repeatable
    --allow-empty             # Succeed where the input holds nothing of Ambassador's
    --exclude: string         # Leave out paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Read files that .gitignore leaves out, too
    --check-yaml              # Parse every document, also those that cannot matter, and report broken YAML in them
    --ingest: string@"nu-complete mtlsctl graph ingest" # How manifests reach Ambassador
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version to speak for
    --external: string        # An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl graph files" # Whether certificate files in the Ambassador pod are taken to be there, or looked for
    --rootfs: path            # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Take AMBASSADOR_FORCE_SECRET_VALIDATION as set
    --color: string@"nu-complete mtlsctl graph color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl graph hyperlinks" # When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too
    --at: string              # Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Say less: no summary on standard error
    --verbose(-v)             # Say more
    --help(-h)                # Print help (see more with '--help')
    ...names: string          # Only what leads to these: a Mapping's or Host's name, NAMESPACE/NAME, a part of a name, or a service's host
  ]

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

  # Look at certificates, keys and CRLs, and ask what Envoy would say to them
  export extern "mtlsctl inspect" [
    --filename(-f): path      # Manifests that hold the Secrets and contexts: files, folders, or - [default: .]
    --ca: path                # Ask what Envoy would say to each target as a server's chain, with this as `trusted_ca`
    --crl: path               # The CRL file that goes with --ca
    --key: path               # The private key of a certificate file: asks whether Envoy would load the pair
    --envoy: string           # The Envoy version to speak for [default: 1.38]
    --max-tls-version: string@"nu-complete mtlsctl inspect max_tls_version" # The highest TLS version that the context allows, as in a TLSContext
    --ecdh-curves: string     # The key agreement groups of the context, as in a TLSContext
    --server-name: string     # The name that a strict client would ask for; Envoy looks at no names
    --expires-in: string      # Fail if anything expires within this time (30d, 12h) or share of its life (25%) [default: warn at 30 days or a third of its life, whichever is shorter]
    --output(-o): string      # text, table, wide, json or prom; with =PATH into a file; repeatable
    --format: string          # text, table, wide, json or prom; with =PATH into a file; repeatable
    --fail-on: string@"nu-complete mtlsctl inspect fail_on" # Fail from this severity on
    --exit-zero               # Succeed whatever is found; what could not be checked still fails
    --allow-empty             # Succeed where there is nothing to look at
    --exclude: string         # Leave out paths that match this glob (as in .gitignore); repeatable
    --no-ignore-vcs           # Read files that .gitignore leaves out, too
    --check-yaml              # Parse every document, also those that cannot matter, and report broken YAML in them
    --ingest: string@"nu-complete mtlsctl inspect ingest" # How manifests reach Ambassador
    --ambassador-id: string   # AMBASSADOR_ID [default: from the Deployment in the input, else "default"]
    --ambassador-namespace: string # Ambassador's namespace [default: from the Deployment in the input, else "default"]
    --emissary: string        # The Emissary version to speak for
    --external: string        # An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable
    --files: string@"nu-complete mtlsctl inspect files" # Whether certificate files in the Ambassador pod are taken to be there, or looked for
    --rootfs: path            # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --files-root: path        # The folder that stands for the Ambassador pod's `/`; implies `--files check`
    --force-secret-validation # Take AMBASSADOR_FORCE_SECRET_VALIDATION as set
    --color: string@"nu-complete mtlsctl inspect color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl inspect hyperlinks" # When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too
    --at: string              # Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Say less: no summary on standard error
    --verbose(-v)             # Say more
    --help(-h)                # Print help (see more with '--help')
    ...targets: string        # PEM or DER files, - for standard input, secret/NAMESPACE/NAME, context/NAME, or manifests
  ]

  def "nu-complete mtlsctl explain color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl explain hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Explain a rule or an Envoy TLS code, or list all rules
  export extern "mtlsctl explain" [
    --color: string@"nu-complete mtlsctl explain color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl explain hyperlinks" # When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too
    --at: string              # Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Say less: no summary on standard error
    --verbose(-v)             # Say more
    --help(-h)                # Print help
    what?: string             # A rule's id; or a TLS code, alert name or line from Envoy's log
  ]

  def "nu-complete mtlsctl completions shell" [] {
    [ "bash" "zsh" "fish" "powershell" "elvish" "nushell" ]
  }

  def "nu-complete mtlsctl completions color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl completions hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script
  export extern "mtlsctl completions" [
    --color: string@"nu-complete mtlsctl completions color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl completions hyperlinks" # When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too
    --at: string              # Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Say less: no summary on standard error
    --verbose(-v)             # Say more
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete mtlsctl completions shell" # The shell it is for
  ]

  def "nu-complete mtlsctl man color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete mtlsctl man hyperlinks" [] {
    [ "auto" "always" "never" ]
  }

  # Print the man page
  export extern "mtlsctl man" [
    --color: string@"nu-complete mtlsctl man color" # When to use colour
    --hyperlinks: string@"nu-complete mtlsctl man hyperlinks" # When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too
    --at: string              # Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now
    --quiet(-q)               # Say less: no summary on standard error
    --verbose(-v)             # Say more
    --help(-h)                # Print help
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl help" [
  ]

  # Find what is wrong with the mutual TLS of these manifests
  export extern "mtlsctl help lint" [
  ]

  # Perform the handshake Ambassador would perform, and say what came of it
  export extern "mtlsctl help probe" [
  ]

  # Show each upstream, the TLS it really gets, and why
  export extern "mtlsctl help resolve" [
  ]

  # Draw how trust passes: certificate, Secret or file, TLSContext, Mapping, host and prefix
  export extern "mtlsctl help graph" [
  ]

  # Look at certificates, keys and CRLs, and ask what Envoy would say to them
  export extern "mtlsctl help inspect" [
  ]

  # Explain a rule or an Envoy TLS code, or list all rules
  export extern "mtlsctl help explain" [
  ]

  # Print a completion script
  export extern "mtlsctl help completions" [
  ]

  # Print the man page
  export extern "mtlsctl help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "mtlsctl help help" [
  ]

}

export use completions *
