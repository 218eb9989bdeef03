
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'mtlsctl' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'mtlsctl'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'mtlsctl' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Find problems with mutual TLS in these manifests')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Perform the handshake that Ambassador would perform, and report the result')
            [CompletionResult]::new('running', 'running', [CompletionResultType]::ParameterValue, 'Compare a running Envoy with what the manifests ask for')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Show each upstream, the TLS it really gets, and why')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Show what an upgrade of Emissary changes for an input, and what to do first')
            [CompletionResult]::new('rehearse', 'rehearse', [CompletionResultType]::ParameterValue, 'Rehearse a change before making it')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw how trust flows from certificates through Secrets and contexts to routes')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show certificates, keys and CRLs, and whether Envoy would accept them')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule, a line of any log that has to do with TLS, or a whole log')
            [CompletionResult]::new('consul', 'consul', [CompletionResultType]::ParameterValue, 'Bring a service''s certificate and the mesh''s roots from a Consul agent to Ambassador')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor: findings as you type, hover, completion, renaming, fixes')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Print the schema of .mtlsctl.yaml, or the permissions needed in a cluster')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Run mtlsctl on a small example: find a fault, see it on the wire, fix it')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Say what mtlsctl finds on this machine, and what to do where something is missing')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version, and which releases of Emissary and Envoy are known')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell completion script')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare the TLS of every upstream before and after a change')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Show a manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mtlsctl;lint' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Manifests, like PATH: written as in kubectl; repeatable')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'Manifests, like PATH: written as in kubectl; repeatable')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, concise, json, jsonl or 7 more; =PATH writes a file')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, concise, json, jsonl or 7 more; =PATH writes a file')
            [CompletionResult]::new('--group-by', '--group-by', [CompletionResultType]::ParameterName, 'Put findings under a heading for each file, rule or object (text, and the order of concise)')
            [CompletionResult]::new('--max-per-rule', '--max-per-rule', [CompletionResultType]::ParameterName, 'Show at most N of each rule, and how many more there are (text, concise)')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only rules whose ids match one of these globs; repeatable')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Leave out rules whose ids match one of these globs; repeatable')
            [CompletionResult]::new('--preset', '--preset', [CompletionResultType]::ParameterName, 'Which rules run: regular, or also the opt-in rules for a gate, with unverified upstreams as an error (strict)')
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Show findings from this severity on')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'When a certificate counts as expiring soon: a time (30d, 12h) or a share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]')
            [CompletionResult]::new('--report-scope', '--report-scope', [CompletionResultType]::ParameterName, 'Which findings count: all, or those with a place in the files given (files), or these and dangling references, since a deletion has no location (changes). With the latter two, all files of --root are read')
            [CompletionResult]::new('--root', '--root', [CompletionResultType]::ParameterName, 'The folder whose files are all read with --report-scope [default: the repository, else the working directory]')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Fail from this severity on')
            [CompletionResult]::new('--add-ignores', '--add-ignores', [CompletionResultType]::ParameterName, 'Write a comment `# mtlsctl: ignore[RULE] REASON` above each finding; the reason may end in `until=2027-12-31`. With --diff, only show them')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Suppress the findings in this file, by rule, object and field')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--statistics', '--statistics', [CompletionResultType]::ParameterName, 'Show how many findings each rule has instead of the findings (text, concise)')
            [CompletionResult]::new('--no-ignores', '--no-ignores', [CompletionResultType]::ParameterName, 'Also report findings that comments and annotations ignore')
            [CompletionResult]::new('--show-suppressed', '--show-suppressed', [CompletionResultType]::ParameterName, 'Also show suppressed findings, with the reason: in text, concise, json and jsonl; sarif always has them')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Lint again whenever a file changes, until Ctrl-C; clears the screen first')
            [CompletionResult]::new('--list-rules', '--list-rules', [CompletionResultType]::ParameterName, 'List the rules that would run')
            [CompletionResult]::new('--show-files', '--show-files', [CompletionResultType]::ParameterName, 'List the files that would be read')
            [CompletionResult]::new('--exit-zero', '--exit-zero', [CompletionResultType]::ParameterName, 'Exit with 0 even if there are findings; what could not be checked still fails')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Succeed if the input has no Ambassador resources')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Apply the safe fixes in place')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show what --fix would change without changing it; fail if there is anything to change')
            [CompletionResult]::new('--unsafe-fixes', '--unsafe-fixes', [CompletionResultType]::ParameterName, 'Also apply fixes that need a review')
            [CompletionResult]::new('--update-baseline', '--update-baseline', [CompletionResultType]::ParameterName, 'Write the findings of this call into the baseline instead')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;probe' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Manifests: files, folders, or - for standard input [default: .]')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'Manifests: files, folders, or - for standard input [default: .]')
            [CompletionResult]::new('--consul', '--consul', [CompletionResultType]::ParameterName, 'Present the certificate of this Consul service, judge the server by the roots of its mesh, and ask what intentions say: all of it straight from an agent')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, short, table, json or 2 more; =PATH writes a file')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, short, table, json or 2 more; =PATH writes a file')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit with 1 from this result on')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The client''s certificate chain, PEM, leaf first')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The client''s private key, PEM')
            [CompletionResult]::new('--ca', '--ca', [CompletionResultType]::ParameterName, 'The CA certificates to verify the server with, PEM')
            [CompletionResult]::new('--crl', '--crl', [CompletionResultType]::ParameterName, 'Revocation lists, PEM')
            [CompletionResult]::new('--sni', '--sni', [CompletionResultType]::ParameterName, 'The SNI to send; Envoy sends none unless the context sets it')
            [CompletionResult]::new('--servername', '--servername', [CompletionResultType]::ParameterName, 'The SNI to send; Envoy sends none unless the context sets it')
            [CompletionResult]::new('--alpn', '--alpn', [CompletionResultType]::ParameterName, 'ALPN protocols to offer, separated by commas')
            [CompletionResult]::new('--min-tls-version', '--min-tls-version', [CompletionResultType]::ParameterName, 'v1.0 to v1.3 [Envoy: v1.2]')
            [CompletionResult]::new('--max-tls-version', '--max-tls-version', [CompletionResultType]::ParameterName, 'v1.0 to v1.3 [Envoy: v1.2]')
            [CompletionResult]::new('--cipher-suites', '--cipher-suites', [CompletionResultType]::ParameterName, 'Cipher suites by their OpenSSL names, separated by commas')
            [CompletionResult]::new('--ecdh-curves', '--ecdh-curves', [CompletionResultType]::ParameterName, 'Key exchange groups, separated by commas')
            [CompletionResult]::new('--envoy', '--envoy', [CompletionResultType]::ParameterName, 'Which Envoy version to check for [default: the one that --emissary ships]')
            [CompletionResult]::new('--starttls', '--starttls', [CompletionResultType]::ParameterName, 'Start TLS as this protocol does; Ambassador itself cannot. One of postgres, mysql, nats, smtp, imap, ldap')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Host of the request [the target''s]')
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'Path of the request [the Mapping''s prefix, rewritten; else /]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time limit for connect plus handshake, and again for the response [default: the Mapping''s `connect_timeout_ms`, else 3s]')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Reach targets through this command''s standard input and output, as ssh''s ProxyCommand: {host} and {port} in it are filled in')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Reach targets from inside this pod, as Ambassador''s Envoy does: deploy/NAME, ds/NAME, pod/NAME, or auto')
            [CompletionResult]::new('--connect-to', '--connect-to', [CompletionResultType]::ParameterName, 'Connect to another address instead, as in curl; repeatable')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'The address of a name, as in curl; repeatable')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Where files of the Ambassador pod are: /etc/istiocerts=./certs; repeatable')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which ClientHello to send: Envoy's, or that of a strict TLS client')
            [CompletionResult]::new('--expect-spiffe', '--expect-spiffe', [CompletionResultType]::ParameterName, 'Fail unless the server has this identity, one below it (`…/*`), or one of this trust domain')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Retry until every probe passes, for at most this long')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Between two tries')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Targets at a time')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--consul-addr', '--consul-addr', [CompletionResultType]::ParameterName, 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]')
            [CompletionResult]::new('--http-addr', '--http-addr', [CompletionResultType]::ParameterName, 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]')
            [CompletionResult]::new('--consul-token-file', '--consul-token-file', [CompletionResultType]::ParameterName, 'A file with the ACL token, read for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]')
            [CompletionResult]::new('--token-file', '--token-file', [CompletionResultType]::ParameterName, 'A file with the ACL token, read for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]')
            [CompletionResult]::new('--consul-ca-file', '--consul-ca-file', [CompletionResultType]::ParameterName, 'The CAs of the agent''s HTTPS [CONSUL_CACERT]')
            [CompletionResult]::new('--consul-ca-path', '--consul-ca-path', [CompletionResultType]::ParameterName, 'A folder of them [CONSUL_CAPATH]')
            [CompletionResult]::new('--consul-client-cert', '--consul-client-cert', [CompletionResultType]::ParameterName, 'Our certificate for the agent [CONSUL_CLIENT_CERT]')
            [CompletionResult]::new('--consul-client-key', '--consul-client-key', [CompletionResultType]::ParameterName, 'Its private key [CONSUL_CLIENT_KEY]')
            [CompletionResult]::new('--consul-server-name', '--consul-server-name', [CompletionResultType]::ParameterName, 'The name in the agent''s certificate [CONSUL_TLS_SERVER_NAME, else the host]')
            [CompletionResult]::new('--consul-namespace', '--consul-namespace', [CompletionResultType]::ParameterName, 'Consul''s namespace (Enterprise) [CONSUL_NAMESPACE]')
            [CompletionResult]::new('--consul-partition', '--consul-partition', [CompletionResultType]::ParameterName, 'Consul''s partition (Enterprise) [CONSUL_PARTITION]')
            [CompletionResult]::new('--consul-datacenter', '--consul-datacenter', [CompletionResultType]::ParameterName, 'Consul''s datacenter [the agent''s]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every upstream of the input')
            [CompletionResult]::new('--grpc', '--grpc', [CompletionResultType]::ParameterName, 'Speak HTTP/2, as for a gRPC Mapping')
            [CompletionResult]::new('--tcp', '--tcp', [CompletionResultType]::ParameterName, 'Send no request, as for a TCPMapping, and wait for the server's first bytes')
            [CompletionResult]::new('--ipv6', '--ipv6', [CompletionResultType]::ParameterName, 'Also look up IPv6 addresses, as if `enable_ipv6` were set in the Mapping or the Module')
            [CompletionResult]::new('--no-request', '--no-request', [CompletionResultType]::ParameterName, 'Send no request; close the connection after the handshake')
            [CompletionResult]::new('--no-negative', '--no-negative', [CompletionResultType]::ParameterName, 'Do not connect a second time without a certificate')
            [CompletionResult]::new('--require-mutual', '--require-mutual', [CompletionResultType]::ParameterName, 'Fail if the server does not insist on a client certificate')
            [CompletionResult]::new('--matrix', '--matrix', [CompletionResultType]::ParameterName, 'Detect the mesh''s mTLS mode (seven extra connections)')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;running' {
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Ask inside this pod: deploy/NAME, ds/NAME, pod/NAME, or auto; through a relay in it')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Manifests: files, folders, or - for standard input [default: .]')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'Manifests: files, folders, or - for standard input [default: .]')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Where files of the Ambassador pod are: /etc/istiocerts=./certs; repeatable')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'Report loaded certificates that expire within this time (30d, 12h) or share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, table, json, prom or sarif; with =PATH into a file; repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, table, json, prom or sarif; with =PATH into a file; repeatable')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Fail from this severity on')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Succeed if the input has no Ambassador resources')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;resolve' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Manifests: files, folders, or - for standard input [default: .]')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'Manifests: files, folders, or - for standard input [default: .]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, table or json; with =PATH into a file; repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, table or json; with =PATH into a file; repeatable')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'Only upstreams that get this: plaintext, tls, mutual, or TLS with any server (unverified)')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Succeed if the input has no Ambassador resources')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;upgrade' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The release in use')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The release to upgrade to')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text or json; with =PATH into a file; repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text or json; with =PATH into a file; repeatable')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Succeed if the input has no Ambassador resources')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;rehearse' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('rotation', 'rotation', [CompletionResultType]::ParameterValue, 'Find an order in which certificates, CAs and revocation lists can be replaced without a gap')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mtlsctl;rehearse;rotation' {
            [CompletionResult]::new('--server-chain', '--server-chain', [CompletionResultType]::ParameterName, 'The chain that the server presents now (PEM)')
            [CompletionResult]::new('--server-chain-after', '--server-chain-after', [CompletionResultType]::ParameterName, 'The chain that the server will present, if it changes too')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Connect from inside a pod, as probe --in does: deploy/NAME, ds/NAME, sts/NAME, pod/NAME, or auto')
            [CompletionResult]::new('--server-ca', '--server-ca', [CompletionResultType]::ParameterName, 'The CAs that the server verifies client certificates with (PEM)')
            [CompletionResult]::new('--server-ca-after', '--server-ca-after', [CompletionResultType]::ParameterName, 'The CAs that it will verify with, if they change too')
            [CompletionResult]::new('--envoy', '--envoy', [CompletionResultType]::ParameterName, 'The Envoy version to speak for [default: the one that --emissary ships]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text or json; with =PATH into a file; repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text or json; with =PATH into a file; repeatable')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--live', '--live', [CompletionResultType]::ParameterName, 'Connect to the upstreams of what rotates, and take the chains that they present now')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;rehearse;help' {
            [CompletionResult]::new('rotation', 'rotation', [CompletionResultType]::ParameterValue, 'Find an order in which certificates, CAs and revocation lists can be replaced without a gap')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mtlsctl;rehearse;help;rotation' {
            break
        }
        'mtlsctl;rehearse;help;help' {
            break
        }
        'mtlsctl;graph' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Manifests: files, folders, or - for standard input [default: .]')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'Manifests: files, folders, or - for standard input [default: .]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, mermaid, dot, json or html; with =PATH into a file; repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, mermaid, dot, json or html; with =PATH into a file; repeatable')
            [CompletionResult]::new('--probe', '--probe', [CompletionResultType]::ParameterName, 'Results of `mtlsctl probe -o json`, shown with the routes; a failed probe is an error')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Succeed if the input has no Ambassador resources')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;inspect' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Manifests that hold the Secrets and contexts: files, folders, or - [default: .]')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'Manifests that hold the Secrets and contexts: files, folders, or - [default: .]')
            [CompletionResult]::new('--ca', '--ca', [CompletionResultType]::ParameterName, 'Check whether Envoy would accept each target as a server''s chain, with this as `trusted_ca`')
            [CompletionResult]::new('--crl', '--crl', [CompletionResultType]::ParameterName, 'The CRL file that goes with --ca')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Whose chain --ca judges: a server''s, as Ambassador''s Envoy does, or a client''s, as an Envoy next to the upstream does (Istio, Consul) [default: what its extended key usage allows]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The private key of a certificate file: check whether Envoy would load the pair')
            [CompletionResult]::new('--envoy', '--envoy', [CompletionResultType]::ParameterName, 'The Envoy version to check for [default: the one that --emissary ships]')
            [CompletionResult]::new('--max-tls-version', '--max-tls-version', [CompletionResultType]::ParameterName, 'The highest TLS version that the context allows, as in a TLSContext')
            [CompletionResult]::new('--ecdh-curves', '--ecdh-curves', [CompletionResultType]::ParameterName, 'The key exchange groups of the context, as in a TLSContext')
            [CompletionResult]::new('--server-name', '--server-name', [CompletionResultType]::ParameterName, 'The name that a strict client would check; Envoy does not check names')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'Fail if anything expires within this time (30d, 12h) or share of its life (25%) [default: warn at 30 days or a third of its life, whichever is shorter]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, table, wide, json or prom; with =PATH into a file; repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, table, wide, json or prom; with =PATH into a file; repeatable')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Fail from this severity on')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--consul-addr', '--consul-addr', [CompletionResultType]::ParameterName, 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]')
            [CompletionResult]::new('--http-addr', '--http-addr', [CompletionResultType]::ParameterName, 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]')
            [CompletionResult]::new('--consul-token-file', '--consul-token-file', [CompletionResultType]::ParameterName, 'A file with the ACL token, read for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]')
            [CompletionResult]::new('--token-file', '--token-file', [CompletionResultType]::ParameterName, 'A file with the ACL token, read for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]')
            [CompletionResult]::new('--consul-ca-file', '--consul-ca-file', [CompletionResultType]::ParameterName, 'The CAs of the agent''s HTTPS [CONSUL_CACERT]')
            [CompletionResult]::new('--consul-ca-path', '--consul-ca-path', [CompletionResultType]::ParameterName, 'A folder of them [CONSUL_CAPATH]')
            [CompletionResult]::new('--consul-client-cert', '--consul-client-cert', [CompletionResultType]::ParameterName, 'Our certificate for the agent [CONSUL_CLIENT_CERT]')
            [CompletionResult]::new('--consul-client-key', '--consul-client-key', [CompletionResultType]::ParameterName, 'Its private key [CONSUL_CLIENT_KEY]')
            [CompletionResult]::new('--consul-server-name', '--consul-server-name', [CompletionResultType]::ParameterName, 'The name in the agent''s certificate [CONSUL_TLS_SERVER_NAME, else the host]')
            [CompletionResult]::new('--consul-namespace', '--consul-namespace', [CompletionResultType]::ParameterName, 'Consul''s namespace (Enterprise) [CONSUL_NAMESPACE]')
            [CompletionResult]::new('--consul-partition', '--consul-partition', [CompletionResultType]::ParameterName, 'Consul''s partition (Enterprise) [CONSUL_PARTITION]')
            [CompletionResult]::new('--consul-datacenter', '--consul-datacenter', [CompletionResultType]::ParameterName, 'Consul''s datacenter [the agent''s]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--exit-zero', '--exit-zero', [CompletionResultType]::ParameterName, 'Exit with 0 even if there are findings; what could not be checked still fails')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Succeed if there is nothing to inspect')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;explain' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Manifests in which the names of the text are looked up: files or folders')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'Manifests in which the names of the text are looked up: files or folders')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, json or schema (the JSON Schema of json); with =PATH into a file; repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, json or schema (the JSON Schema of json); with =PATH into a file; repeatable')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;consul' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Fetch the certificate and the roots once, and write them')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Keep the certificate and the roots up to date, until SIGTERM')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mtlsctl;consul;export' {
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Retry until it succeeds, for at most this long: for agents that are just starting')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'The image in the Deployment of --manifests; mtlsctl must be in it')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'The ID of the Ambassador it is for [_AMBASSADOR_ID]')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'The service in Consul [ambassador, or ambassador-ID]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The Secret''s name [_AMBASSADOR_TLS_SECRET_NAME, else SERVICE-consul-connect]')
            [CompletionResult]::new('--secret-namespace', '--secret-namespace', [CompletionResultType]::ParameterName, 'The Secret''s namespace [_AMBASSADOR_TLS_SECRET_NAMESPACE, else that of the pod or kubeconfig]')
            [CompletionResult]::new('--key-form', '--key-form', [CompletionResultType]::ParameterName, 'The form of the private key')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), dir=DIR (files that change together), or kubernetes (the Secret itself); repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), dir=DIR (files that change together), or kubernetes (the Secret itself); repeatable')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig for -o kubernetes [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context in it [the current one]')
            [CompletionResult]::new('--consul-addr', '--consul-addr', [CompletionResultType]::ParameterName, 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]')
            [CompletionResult]::new('--http-addr', '--http-addr', [CompletionResultType]::ParameterName, 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]')
            [CompletionResult]::new('--consul-token-file', '--consul-token-file', [CompletionResultType]::ParameterName, 'A file with the ACL token, read for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]')
            [CompletionResult]::new('--token-file', '--token-file', [CompletionResultType]::ParameterName, 'A file with the ACL token, read for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]')
            [CompletionResult]::new('--consul-ca-file', '--consul-ca-file', [CompletionResultType]::ParameterName, 'The CAs of the agent''s HTTPS [CONSUL_CACERT]')
            [CompletionResult]::new('--consul-ca-path', '--consul-ca-path', [CompletionResultType]::ParameterName, 'A folder of them [CONSUL_CAPATH]')
            [CompletionResult]::new('--consul-client-cert', '--consul-client-cert', [CompletionResultType]::ParameterName, 'Our certificate for the agent [CONSUL_CLIENT_CERT]')
            [CompletionResult]::new('--consul-client-key', '--consul-client-key', [CompletionResultType]::ParameterName, 'Its private key [CONSUL_CLIENT_KEY]')
            [CompletionResult]::new('--consul-server-name', '--consul-server-name', [CompletionResultType]::ParameterName, 'The name in the agent''s certificate [CONSUL_TLS_SERVER_NAME, else the host]')
            [CompletionResult]::new('--consul-namespace', '--consul-namespace', [CompletionResultType]::ParameterName, 'Consul''s namespace (Enterprise) [CONSUL_NAMESPACE]')
            [CompletionResult]::new('--consul-partition', '--consul-partition', [CompletionResultType]::ParameterName, 'Consul''s partition (Enterprise) [CONSUL_PARTITION]')
            [CompletionResult]::new('--consul-datacenter', '--consul-datacenter', [CompletionResultType]::ParameterName, 'Consul''s datacenter [the agent''s]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--manifests', '--manifests', [CompletionResultType]::ParameterName, 'Print no certificate, but the TLSContext for it and a Deployment that keeps it current, with a Role that may do nothing else. No agent is asked')
            [CompletionResult]::new('--include-root', '--include-root', [CompletionResultType]::ParameterName, 'Also write the active root after the chain; no peer needs it')
            [CompletionResult]::new('--compat', '--compat', [CompletionResultType]::ParameterName, 'Write what Ambassador''s connector wrote, byte for byte: without a CA, so that Ambassador verifies no server')
            [CompletionResult]::new('--force-conflicts', '--force-conflicts', [CompletionResultType]::ParameterName, 'Take over fields of the Secret that another client wrote')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;consul;sync' {
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'The ID of the Ambassador it is for [_AMBASSADOR_ID]')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'The service in Consul [ambassador, or ambassador-ID]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The Secret''s name [_AMBASSADOR_TLS_SECRET_NAME, else SERVICE-consul-connect]')
            [CompletionResult]::new('--secret-namespace', '--secret-namespace', [CompletionResultType]::ParameterName, 'The Secret''s namespace [_AMBASSADOR_TLS_SECRET_NAMESPACE, else that of the pod or kubeconfig]')
            [CompletionResult]::new('--key-form', '--key-form', [CompletionResultType]::ParameterName, 'The form of the private key')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), dir=DIR (files that change together), or kubernetes (the Secret itself); repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), dir=DIR (files that change together), or kubernetes (the Secret itself); repeatable')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig for -o kubernetes [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context in it [the current one]')
            [CompletionResult]::new('--consul-addr', '--consul-addr', [CompletionResultType]::ParameterName, 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]')
            [CompletionResult]::new('--http-addr', '--http-addr', [CompletionResultType]::ParameterName, 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]')
            [CompletionResult]::new('--consul-token-file', '--consul-token-file', [CompletionResultType]::ParameterName, 'A file with the ACL token, read for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]')
            [CompletionResult]::new('--token-file', '--token-file', [CompletionResultType]::ParameterName, 'A file with the ACL token, read for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]')
            [CompletionResult]::new('--consul-ca-file', '--consul-ca-file', [CompletionResultType]::ParameterName, 'The CAs of the agent''s HTTPS [CONSUL_CACERT]')
            [CompletionResult]::new('--consul-ca-path', '--consul-ca-path', [CompletionResultType]::ParameterName, 'A folder of them [CONSUL_CAPATH]')
            [CompletionResult]::new('--consul-client-cert', '--consul-client-cert', [CompletionResultType]::ParameterName, 'Our certificate for the agent [CONSUL_CLIENT_CERT]')
            [CompletionResult]::new('--consul-client-key', '--consul-client-key', [CompletionResultType]::ParameterName, 'Its private key [CONSUL_CLIENT_KEY]')
            [CompletionResult]::new('--consul-server-name', '--consul-server-name', [CompletionResultType]::ParameterName, 'The name in the agent''s certificate [CONSUL_TLS_SERVER_NAME, else the host]')
            [CompletionResult]::new('--consul-namespace', '--consul-namespace', [CompletionResultType]::ParameterName, 'Consul''s namespace (Enterprise) [CONSUL_NAMESPACE]')
            [CompletionResult]::new('--consul-partition', '--consul-partition', [CompletionResultType]::ParameterName, 'Consul''s partition (Enterprise) [CONSUL_PARTITION]')
            [CompletionResult]::new('--consul-datacenter', '--consul-datacenter', [CompletionResultType]::ParameterName, 'Consul''s datacenter [the agent''s]')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve /healthz, /readyz and /metrics on this address')
            [CompletionResult]::new('--ready-margin', '--ready-margin', [CompletionResultType]::ParameterName, '/readyz fails if the stored certificate expires within this time')
            [CompletionResult]::new('--max-wait', '--max-wait', [CompletionResultType]::ParameterName, 'How long a blocking query may take (10m at most)')
            [CompletionResult]::new('--max-pause', '--max-pause', [CompletionResultType]::ParameterName, 'The longest pause after failures')
            [CompletionResult]::new('--look', '--look', [CompletionResultType]::ParameterName, 'How often an output is checked although nothing changed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--include-root', '--include-root', [CompletionResultType]::ParameterName, 'Also write the active root after the chain; no peer needs it')
            [CompletionResult]::new('--compat', '--compat', [CompletionResultType]::ParameterName, 'Write what Ambassador''s connector wrote, byte for byte: without a CA, so that Ambassador verifies no server')
            [CompletionResult]::new('--force-conflicts', '--force-conflicts', [CompletionResultType]::ParameterName, 'Take over fields of the Secret that another client wrote')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;consul;help' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Fetch the certificate and the roots once, and write them')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Keep the certificate and the roots up to date, until SIGTERM')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mtlsctl;consul;help;export' {
            break
        }
        'mtlsctl;consul;help;sync' {
            break
        }
        'mtlsctl;consul;help;help' {
            break
        }
        'mtlsctl;lsp' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only rules whose ids match one of these globs; repeatable')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Leave out rules whose ids match one of these globs; repeatable')
            [CompletionResult]::new('--preset', '--preset', [CompletionResultType]::ParameterName, 'Which rules run: regular, or also the opt-in rules for a gate, with unverified upstreams as an error (strict)')
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Show findings from this severity on')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'When a certificate counts as expiring soon: a time (30d, 12h) or a share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Set aside the findings that this file knows, by rule, object and field')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--stdio', '--stdio', [CompletionResultType]::ParameterName, 'Use standard input and output: the default, for editors that pass this flag')
            [CompletionResult]::new('--no-ignores', '--no-ignores', [CompletionResultType]::ParameterName, 'Also report findings that comments and annotations ignore')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;config' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of .mtlsctl.yaml, for editors')
            [CompletionResult]::new('rbac', 'rbac', [CompletionResultType]::ParameterValue, 'Print a Role that is sufficient to read a cluster')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mtlsctl;config;schema' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;config;rbac' {
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only this namespace, as a Role [default: all, as a ClusterRole]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Only this namespace, as a Role [default: all, as a ClusterRole]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--exec', '--exec', [CompletionResultType]::ParameterName, 'Also what `--in` needs: finding a pod, and exec into it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;config;help' {
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of .mtlsctl.yaml, for editors')
            [CompletionResult]::new('rbac', 'rbac', [CompletionResultType]::ParameterValue, 'Print a Role that is sufficient to read a cluster')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mtlsctl;config;help;schema' {
            break
        }
        'mtlsctl;config;help;rbac' {
            break
        }
        'mtlsctl;config;help;help' {
            break
        }
        'mtlsctl;demo' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;doctor' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;version' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text or json; with =PATH into a file; repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text or json; with =PATH into a file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;diff' {
            [CompletionResult]::new('--base', '--base', [CompletionResultType]::ParameterName, 'Compare the working tree (all of it, or the paths named) with this revision, such as origin/main')
            [CompletionResult]::new('--envoy', '--envoy', [CompletionResultType]::ParameterName, 'Check certificates as this Envoy version does; A..B compares two')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, table, json, markdown or 2 more; =PATH writes a file')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, table, json, markdown or 2 more; =PATH writes a file')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'What makes the command fail')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Exclude paths that match this glob (as in .gitignore); repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The file name for standard input, so that editors can lint unsaved changes')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--kustomize', '--kustomize', [CompletionResultType]::ParameterName, 'A kustomization''s folder, rendered first by `kubectl kustomize` or `kustomize build`')
            [CompletionResult]::new('--helm', '--helm', [CompletionResultType]::ParameterName, 'A chart''s folder, rendered first by `helm template`')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values for the chart; repeatable, the last one wins')
            [CompletionResult]::new('--ingest', '--ingest', [CompletionResultType]::ParameterName, 'How manifests reach Ambassador')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder, a name of `worlds` in the configuration, or an Ambassador''s id')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig context; files given as well are applied over it')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Read this cluster of the kubeconfig')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod''s account]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Read this namespace of the cluster [the context''s]')
            [CompletionResult]::new('--ambassador-id', '--ambassador-id', [CompletionResultType]::ParameterName, 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--ambassador-namespace', '--ambassador-namespace', [CompletionResultType]::ParameterName, 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]')
            [CompletionResult]::new('--external', '--external', [CompletionResultType]::ParameterName, 'An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable')
            [CompletionResult]::new('--files', '--files', [CompletionResultType]::ParameterName, 'Whether certificate files in the Ambassador pod are assumed to exist, or checked')
            [CompletionResult]::new('--rootfs', '--rootfs', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--files-root', '--files-root', [CompletionResultType]::ParameterName, 'The folder used as the Ambassador pod''s `/`; implies `--files check`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration, with paths relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]')
            [CompletionResult]::new('--emissary', '--emissary', [CompletionResultType]::ParameterName, 'The Emissary version [default: from its workload in the input, else 4.1]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('--staged', '--staged', [CompletionResultType]::ParameterName, 'Compare what is staged with --base [default: HEAD]')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Succeed if neither side has Ambassador resources')
            [CompletionResult]::new('--no-ignore-vcs', '--no-ignore-vcs', [CompletionResultType]::ParameterName, 'Also read files that .gitignore excludes')
            [CompletionResult]::new('--check-yaml', '--check-yaml', [CompletionResultType]::ParameterName, 'Parse every document, also those that cannot matter, and report broken YAML in them')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--all-namespaces', '--all-namespaces', [CompletionResultType]::ParameterName, 'Read all namespaces of the cluster')
            [CompletionResult]::new('--force-secret-validation', '--force-secret-validation', [CompletionResultType]::ParameterName, 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Show every effective setting and where it comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;man' {
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Write all pages into this folder, for a package')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--hyperlinks', '--hyperlinks', [CompletionResultType]::ParameterName, 'When to make rule names clickable links (OSC 8); FORCE_HYPERLINK also counts')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Judge as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less: no summary on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more: which configuration applies, how many rules ran, how many documents were skipped')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mtlsctl;help' {
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Find problems with mutual TLS in these manifests')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Perform the handshake that Ambassador would perform, and report the result')
            [CompletionResult]::new('running', 'running', [CompletionResultType]::ParameterValue, 'Compare a running Envoy with what the manifests ask for')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Show each upstream, the TLS it really gets, and why')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Show what an upgrade of Emissary changes for an input, and what to do first')
            [CompletionResult]::new('rehearse', 'rehearse', [CompletionResultType]::ParameterValue, 'Rehearse a change before making it')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw how trust flows from certificates through Secrets and contexts to routes')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show certificates, keys and CRLs, and whether Envoy would accept them')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule, a line of any log that has to do with TLS, or a whole log')
            [CompletionResult]::new('consul', 'consul', [CompletionResultType]::ParameterValue, 'Bring a service''s certificate and the mesh''s roots from a Consul agent to Ambassador')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor: findings as you type, hover, completion, renaming, fixes')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Print the schema of .mtlsctl.yaml, or the permissions needed in a cluster')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Run mtlsctl on a small example: find a fault, see it on the wire, fix it')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Say what mtlsctl finds on this machine, and what to do where something is missing')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version, and which releases of Emissary and Envoy are known')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell completion script')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare the TLS of every upstream before and after a change')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Show a manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mtlsctl;help;lint' {
            break
        }
        'mtlsctl;help;probe' {
            break
        }
        'mtlsctl;help;running' {
            break
        }
        'mtlsctl;help;resolve' {
            break
        }
        'mtlsctl;help;upgrade' {
            break
        }
        'mtlsctl;help;rehearse' {
            [CompletionResult]::new('rotation', 'rotation', [CompletionResultType]::ParameterValue, 'Find an order in which certificates, CAs and revocation lists can be replaced without a gap')
            break
        }
        'mtlsctl;help;rehearse;rotation' {
            break
        }
        'mtlsctl;help;graph' {
            break
        }
        'mtlsctl;help;inspect' {
            break
        }
        'mtlsctl;help;explain' {
            break
        }
        'mtlsctl;help;consul' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Fetch the certificate and the roots once, and write them')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Keep the certificate and the roots up to date, until SIGTERM')
            break
        }
        'mtlsctl;help;consul;export' {
            break
        }
        'mtlsctl;help;consul;sync' {
            break
        }
        'mtlsctl;help;lsp' {
            break
        }
        'mtlsctl;help;config' {
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of .mtlsctl.yaml, for editors')
            [CompletionResult]::new('rbac', 'rbac', [CompletionResultType]::ParameterValue, 'Print a Role that is sufficient to read a cluster')
            break
        }
        'mtlsctl;help;config;schema' {
            break
        }
        'mtlsctl;help;config;rbac' {
            break
        }
        'mtlsctl;help;demo' {
            break
        }
        'mtlsctl;help;doctor' {
            break
        }
        'mtlsctl;help;version' {
            break
        }
        'mtlsctl;help;completions' {
            break
        }
        'mtlsctl;help;diff' {
            break
        }
        'mtlsctl;help;man' {
            break
        }
        'mtlsctl;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
