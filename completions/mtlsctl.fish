# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_mtlsctl_global_optspecs
    string join \n color= hyperlinks= at= q/quiet v/verbose h/help V/version
end

function __fish_mtlsctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_mtlsctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_mtlsctl_using_subcommand
    set -l cmd (__fish_mtlsctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -s V -l version -d 'Print version'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "lint" -d 'Find problems with mutual TLS in these manifests'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "probe" -d 'Perform the handshake that Ambassador would perform, and report the result'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "running" -d 'Compare a running Envoy with what the manifests ask for'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "resolve" -d 'Show each upstream, the TLS it really gets, and why'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "upgrade" -d 'Show what an upgrade of Emissary changes for an input, and what to do first'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "rehearse" -d 'Rehearse a change before making it'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "graph" -d 'Draw how trust flows from certificates through Secrets and contexts to routes'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "inspect" -d 'Show certificates, keys and CRLs, and whether Envoy would accept them'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "explain" -d 'Explain a rule, a log line about TLS, or a whole log'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "consul" -d 'Copy a service\'s certificate and the mesh\'s roots from a Consul agent to Ambassador'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "lsp" -d 'Run the language server: findings as you type, hover, completion, rename, fixes'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "config" -d 'Print the schema of .mtlsctl.yaml, or the permissions needed in a cluster'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "demo" -d 'Run mtlsctl on a small example: find a fault, see its effect on the wire, fix it'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "doctor" -d 'List what mtlsctl finds on this machine, and how to get what is missing'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "version" -d 'Print the version, and which releases of Emissary and Envoy are known'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "completions" -d 'Print a shell completion script'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "diff" -d 'Compare the TLS of every upstream before and after a change'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "man" -d 'Show a manual page'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s f -l filename -d 'Manifests, like PATH, but as in kubectl; repeatable' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s o -l output -d 'text, concise, json, jsonl or 7 more; =PATH writes to a file' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l group-by -d 'Group findings by file, rule or object (headings in text, order in concise)' -r -f -a "file\t'The file of the finding\'s primary location'
rule\t'The rule'
object\t'The Kubernetes object'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l max-per-rule -d 'Show at most N findings per rule, and how many more there are (text, concise)' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l select -d 'Run only rules whose id matches this glob; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l ignore -d 'Skip rules whose id matches this glob; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l preset -d 'Which rules run: the regular ones, or also the opt-in rules for CI gates, with unverified upstreams as errors (strict)' -r -f -a "regular\t'All except the opt-in rules'
strict\t'All rules, with unverified upstreams as errors'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l min-severity -d 'Show only findings of at least this severity' -r -f -a "note\t''
warning\t''
error\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l expires-in -d 'When a certificate counts as expiring soon: a time (30d, 12h) or a share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l report-scope -d 'Which findings to report: all, only those with a location in the given files (files), or these and dangling references, since a deletion has no location (changes). With files and changes, all files of --root are read' -r -f -a "all\t'All of them'
files\t'Those with a location in one of the given files'
changes\t'These, and errors about dangling references'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l root -d 'The folder to read completely with --report-scope [default: the repository, else the working directory]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l fail-on -d 'Fail on findings of at least this severity' -r -f -a "note\t''
warning\t''
error\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l add-ignores -d 'Write a comment `# mtlsctl: ignore[RULE] REASON` above each finding; the reason may end in `until=2027-12-31`. With --diff, only show them' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l baseline -d 'Suppress the findings recorded in this file, by rule, object and field' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l statistics -d 'Show the number of findings per rule instead of the findings (text, concise)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l no-ignores -d 'Also report findings that comments and annotations ignore'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l show-suppressed -d 'Also show suppressed findings, with the reason: in text, concise, json and jsonl; sarif always has them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l watch -d 'Lint again whenever a file changes, until Ctrl-C; clears the screen first'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l list-rules -d 'List the rules that would run'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l show-files -d 'List the files that would be read'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l exit-zero -d 'Exit with 0 even if there are findings; input that cannot be checked still fails'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l allow-empty -d 'Succeed if the input has no Ambassador resources'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l fix -d 'Apply the safe fixes in place'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l diff -d 'Show what --fix would change without changing it; fail if there is anything to change'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l unsafe-fixes -d 'Also apply fixes that need a review'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l update-baseline -d 'Record the current findings in the baseline instead'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s f -l filename -d 'Manifests: files, folders, or - for standard input [default: .]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul -d 'Use this Consul service\'s certificate and its mesh\'s roots, and check intentions; all from a Consul agent' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s o -l output -d 'text, short, table, json or 2 more; =PATH writes to a file' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l fail-on -d 'Exit with 1 on this result or worse' -r -f -a "error\t''
warning\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l cert -d 'The client certificate chain (PEM, leaf first)' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l key -d 'The client\'s private key (PEM)' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ca -d 'The CA certificates to verify the server with (PEM)' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l crl -d 'Revocation lists (PEM)' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l sni -l servername -d 'The SNI to send; Envoy sends none unless the context sets it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l alpn -d 'ALPN protocols to offer, separated by commas' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l min-tls-version -d 'v1.0 to v1.3 [Envoy: v1.2]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l max-tls-version -d 'v1.0 to v1.3 [Envoy: v1.2]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l cipher-suites -d 'Cipher suites by their OpenSSL names, separated by commas' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ecdh-curves -d 'Key exchange groups, separated by commas' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l envoy -d 'The Envoy version to check for [default: the one that --emissary ships]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l starttls -d 'Start TLS as this protocol does, which Ambassador itself cannot: postgres, mysql, nats, smtp, imap or ldap' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l host -d 'Host header of the request [the target\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l path -d 'Path of the request [the Mapping\'s prefix, rewritten; else /]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l timeout -d 'Time limit for connect plus handshake, and again for the response [default: the Mapping\'s `connect_timeout_ms`, else 3s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l via -d 'Reach targets through this command\'s standard input and output, like ssh\'s ProxyCommand; {host} and {port} are replaced' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l in -d 'Reach targets from inside this pod, as Ambassador\'s Envoy does: deploy/NAME, ds/NAME, pod/NAME, or auto' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l as-job -d 'Probe from a Job next to that pod instead, for containers with none of these tools: print its manifest, or run it' -r -f -a "print\t'Its manifest is printed'
run\t'It is created, awaited and deleted'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l image -d 'The image for the Job; it must contain mtlsctl' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l connect-to -d 'Connect to another address, as in curl; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l resolve -d 'Use this address for a name, as in curl; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l map -d 'Where files of the Ambassador pod are locally: /etc/istiocerts=./certs; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l profile -d 'Which ClientHello to send: Envoy\'s, or that of a strict TLS client' -r -f -a "envoy\t''
strict\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l expect-spiffe -d 'Fail unless the server has this identity, one below it (`…/*`), or one in this trust domain' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l wait -d 'Retry until every probe passes, for at most this long' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l interval -d 'The pause between two attempts' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l concurrency -d 'How many targets are probed at the same time' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-addr -l http-addr -d 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-token-file -l token-file -d 'A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-ca-file -d 'The CA file to verify the agent with [CONSUL_CACERT]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-ca-path -d 'A folder of CA files to verify the agent with [CONSUL_CAPATH]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-client-cert -d 'The client certificate for the agent [CONSUL_CLIENT_CERT]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-client-key -d 'The private key of that certificate [CONSUL_CLIENT_KEY]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-server-name -d 'The expected name in the agent\'s certificate [CONSUL_TLS_SERVER_NAME, else the host]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-namespace -d 'Consul\'s namespace (Enterprise) [CONSUL_NAMESPACE]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-partition -d 'Consul\'s partition (Enterprise) [CONSUL_PARTITION]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l consul-datacenter -d 'Consul\'s datacenter [the agent\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l all -d 'Probe every upstream in the input'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l grpc -d 'Use HTTP/2, as for a gRPC Mapping'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l tcp -d 'Send no request, as for a TCPMapping, and wait for the server\'s first bytes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ipv6 -d 'Also look up IPv6 addresses, as if `enable_ipv6` were set in the Mapping or the Module'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l no-request -d 'Send no request; close the connection after the handshake'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l no-negative -d 'Do not connect a second time without a certificate'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l require-mutual -d 'Fail if the server does not require a client certificate'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l matrix -d 'Detect the mesh\'s mTLS mode (seven extra connections)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l diagnostics -d 'Ambassador\'s diagnostics as HOST:PORT, from which its release is read [with --in: 127.0.0.1:8877]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l in -d 'Connect from inside this pod, through a relay: deploy/NAME, ds/NAME, pod/NAME, or auto' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -s f -l filename -d 'Manifests: files, folders, or - for standard input [default: .]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l map -d 'Where files of the Ambassador pod are locally: /etc/istiocerts=./certs; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l expires-in -d 'Report loaded certificates that expire within this time (30d, 12h) or share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -s o -l output -d 'text, table, json, prom or sarif; =PATH writes to a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l fail-on -d 'Fail on findings of at least this severity' -r -f -a "note\t''
warning\t''
error\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l allow-empty -d 'Succeed if the input has no Ambassador resources'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand running" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s f -l filename -d 'Manifests: files, folders, or - for standard input [default: .]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s o -l output -d 'text, table or json; =PATH writes to a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l mode -d 'Only show upstreams that get plaintext, tls, mutual, or TLS that accepts any server (unverified)' -r -f -a "plaintext\t'Plaintext'
tls\t'TLS without a client certificate'
mutual\t'TLS with a client certificate'
unverified\t'TLS, mutual or not, that accepts any server certificate'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l allow-empty -d 'Succeed if the input has no Ambassador resources'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l from -d 'The release in use' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l to -d 'The release to upgrade to' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -s o -l output -d 'text or json; =PATH writes to a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l allow-empty -d 'Succeed if the input has no Ambassador resources'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand upgrade" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and not __fish_seen_subcommand_from rotation help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and not __fish_seen_subcommand_from rotation help" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and not __fish_seen_subcommand_from rotation help" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and not __fish_seen_subcommand_from rotation help" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and not __fish_seen_subcommand_from rotation help" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and not __fish_seen_subcommand_from rotation help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and not __fish_seen_subcommand_from rotation help" -f -a "rotation" -d 'Find an order in which certificates, CAs and revocation lists can be replaced without a gap'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and not __fish_seen_subcommand_from rotation help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l server-chain -d 'The chain that the server presents now (PEM)' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l server-chain-after -d 'The chain that the server will present, if it changes too' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l in -d 'Connect from inside a pod, as probe --in does: deploy/NAME, ds/NAME, sts/NAME, pod/NAME, or auto' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l server-ca -d 'The CAs that the server verifies client certificates with (PEM)' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l server-ca-after -d 'The CAs that it will verify with, if they change too' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l envoy -d 'The Envoy version to check for [default: the one that --emissary ships]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -s o -l output -d 'text or json; =PATH writes to a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l live -d 'Connect to the affected upstreams, and use the chains they present now'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from rotation" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from help" -f -a "rotation" -d 'Find an order in which certificates, CAs and revocation lists can be replaced without a gap'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand rehearse; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s f -l filename -d 'Manifests: files, folders, or - for standard input [default: .]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s o -l output -d 'text, mermaid, dot, json or html; =PATH writes to a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l probe -d 'Results of `mtlsctl probe -o json` to show on the routes; a failed probe is an error' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l allow-empty -d 'Succeed if the input has no Ambassador resources'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s f -l filename -d 'Manifests with the Secrets and contexts: files, folders, or - [default: .]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ca -d 'Check whether Envoy would accept each target as a server\'s chain, with this file as `trusted_ca`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l crl -d 'The CRL file to use with --ca' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l as -d 'What --ca checks chains as: a server\'s, as Ambassador\'s Envoy does, or a client\'s, as an Envoy next to the upstream does (Istio, Consul) [default: what the extended key usage allows]' -r -f -a "server\t''
client\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l key -d 'The private key of a certificate file: check whether Envoy would load the pair' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l envoy -d 'The Envoy version to check for [default: the one that --emissary ships]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l max-tls-version -d 'The highest TLS version that the context allows, as in a TLSContext' -r -f -a "v1.0\t''
v1.1\t''
v1.2\t''
v1.3\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ecdh-curves -d 'The key exchange groups of the context, as in a TLSContext' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l server-name -d 'The name that a strict client would check; Envoy does not check names' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l expires-in -d 'Fail if anything expires within this time (30d, 12h) or share of its life (25%) [default: warn at 30 days or a third of its life, whichever is shorter]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s o -l output -d 'text, table, wide, json or prom; =PATH writes to a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l fail-on -d 'Fail on findings of at least this severity' -r -f -a "note\t''
warning\t''
error\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-addr -l http-addr -d 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-token-file -l token-file -d 'A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-ca-file -d 'The CA file to verify the agent with [CONSUL_CACERT]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-ca-path -d 'A folder of CA files to verify the agent with [CONSUL_CAPATH]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-client-cert -d 'The client certificate for the agent [CONSUL_CLIENT_CERT]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-client-key -d 'The private key of that certificate [CONSUL_CLIENT_KEY]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-server-name -d 'The expected name in the agent\'s certificate [CONSUL_TLS_SERVER_NAME, else the host]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-namespace -d 'Consul\'s namespace (Enterprise) [CONSUL_NAMESPACE]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-partition -d 'Consul\'s partition (Enterprise) [CONSUL_PARTITION]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l consul-datacenter -d 'Consul\'s datacenter [the agent\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l exit-zero -d 'Exit with 0 even if there are findings; input that cannot be checked still fails'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l allow-empty -d 'Succeed if there is nothing to inspect'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s f -l filename -d 'Manifests in which names from the text are looked up: files or folders' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s o -l output -d 'text, json or schema (the JSON Schema of json); =PATH writes to a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and not __fish_seen_subcommand_from export sync help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and not __fish_seen_subcommand_from export sync help" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and not __fish_seen_subcommand_from export sync help" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and not __fish_seen_subcommand_from export sync help" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and not __fish_seen_subcommand_from export sync help" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and not __fish_seen_subcommand_from export sync help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and not __fish_seen_subcommand_from export sync help" -f -a "export" -d 'Fetch the certificate and the roots once, and write them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and not __fish_seen_subcommand_from export sync help" -f -a "sync" -d 'Keep the certificate and the roots up to date until SIGTERM'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and not __fish_seen_subcommand_from export sync help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l wait -d 'Retry until it succeeds, for at most this long; for agents that are still starting' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l image -d 'The image for the Deployment of --manifests; it must contain mtlsctl' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l ambassador-id -d 'The ID of the Ambassador it is for [_AMBASSADOR_ID]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l service -d 'The service in Consul [ambassador, or ambassador-ID]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l secret -d 'The Secret\'s name [_AMBASSADOR_TLS_SECRET_NAME, else SERVICE-consul-connect]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l secret-namespace -d 'The Secret\'s namespace [_AMBASSADOR_TLS_SECRET_NAMESPACE, else that of the pod or kubeconfig]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l key-form -d 'The encoding of the private key' -r -f -a "pkcs8\t'PKCS #8'
sec1\t'As Consul sends it'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -s o -l output -d 'manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), dir=DIR (files that change together), or kubernetes (the Secret itself); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l kubeconfig -d 'The kubeconfig for -o kubernetes [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l context -d 'The kubeconfig context [the current one]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-addr -l http-addr -d 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-token-file -l token-file -d 'A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-ca-file -d 'The CA file to verify the agent with [CONSUL_CACERT]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-ca-path -d 'A folder of CA files to verify the agent with [CONSUL_CAPATH]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-client-cert -d 'The client certificate for the agent [CONSUL_CLIENT_CERT]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-client-key -d 'The private key of that certificate [CONSUL_CLIENT_KEY]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-server-name -d 'The expected name in the agent\'s certificate [CONSUL_TLS_SERVER_NAME, else the host]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-namespace -d 'Consul\'s namespace (Enterprise) [CONSUL_NAMESPACE]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-partition -d 'Consul\'s partition (Enterprise) [CONSUL_PARTITION]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l consul-datacenter -d 'Consul\'s datacenter [the agent\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l manifests -d 'Instead of a certificate, print the TLSContext for it and a Deployment that keeps it current, with a minimal Role. The agent is not contacted'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l include-root -d 'Also write the active root after the chain, although no peer needs it'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l compat -d 'Write exactly what Ambassador\'s connector wrote: without a CA, so Ambassador does not verify servers'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -l force-conflicts -d 'Take ownership of Secret fields that another client wrote'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l ambassador-id -d 'The ID of the Ambassador it is for [_AMBASSADOR_ID]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l service -d 'The service in Consul [ambassador, or ambassador-ID]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l secret -d 'The Secret\'s name [_AMBASSADOR_TLS_SECRET_NAME, else SERVICE-consul-connect]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l secret-namespace -d 'The Secret\'s namespace [_AMBASSADOR_TLS_SECRET_NAMESPACE, else that of the pod or kubeconfig]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l key-form -d 'The encoding of the private key' -r -f -a "pkcs8\t'PKCS #8'
sec1\t'As Consul sends it'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -s o -l output -d 'manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), dir=DIR (files that change together), or kubernetes (the Secret itself); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l kubeconfig -d 'The kubeconfig for -o kubernetes [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l context -d 'The kubeconfig context [the current one]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-addr -l http-addr -d 'host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR, else 127.0.0.1:8500]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-token-file -l token-file -d 'A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else CONSUL_HTTP_TOKEN]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-ca-file -d 'The CA file to verify the agent with [CONSUL_CACERT]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-ca-path -d 'A folder of CA files to verify the agent with [CONSUL_CAPATH]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-client-cert -d 'The client certificate for the agent [CONSUL_CLIENT_CERT]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-client-key -d 'The private key of that certificate [CONSUL_CLIENT_KEY]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-server-name -d 'The expected name in the agent\'s certificate [CONSUL_TLS_SERVER_NAME, else the host]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-namespace -d 'Consul\'s namespace (Enterprise) [CONSUL_NAMESPACE]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-partition -d 'Consul\'s partition (Enterprise) [CONSUL_PARTITION]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l consul-datacenter -d 'Consul\'s datacenter [the agent\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l listen -d 'Serve /healthz, /readyz and /metrics on this address' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l ready-margin -d '/readyz fails if the stored certificate expires within this time' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l max-wait -d 'How long a blocking query may take (10m at most)' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l max-pause -d 'The longest pause after failures' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l look -d 'How often to check an output even if nothing changed' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l include-root -d 'Also write the active root after the chain, although no peer needs it'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l compat -d 'Write exactly what Ambassador\'s connector wrote: without a CA, so Ambassador does not verify servers'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -l force-conflicts -d 'Take ownership of Secret fields that another client wrote'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from help" -f -a "export" -d 'Fetch the certificate and the roots once, and write them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from help" -f -a "sync" -d 'Keep the certificate and the roots up to date until SIGTERM'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand consul; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l select -d 'Run only rules whose id matches this glob; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l ignore -d 'Skip rules whose id matches this glob; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l preset -d 'Which rules run: the regular ones, or also the opt-in rules for CI gates, with unverified upstreams as errors (strict)' -r -f -a "regular\t'All except the opt-in rules'
strict\t'All rules, with unverified upstreams as errors'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l min-severity -d 'Show only findings of at least this severity' -r -f -a "note\t''
warning\t''
error\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l expires-in -d 'When a certificate counts as expiring soon: a time (30d, 12h) or a share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l baseline -d 'Suppress the findings recorded in this file, by rule, object and field' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l stdio -d 'Use standard input and output. This is the default; some editors pass the flag'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l no-ignores -d 'Also report findings that comments and annotations ignore'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lsp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and not __fish_seen_subcommand_from schema rbac help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and not __fish_seen_subcommand_from schema rbac help" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and not __fish_seen_subcommand_from schema rbac help" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and not __fish_seen_subcommand_from schema rbac help" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and not __fish_seen_subcommand_from schema rbac help" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and not __fish_seen_subcommand_from schema rbac help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and not __fish_seen_subcommand_from schema rbac help" -f -a "schema" -d 'Print the JSON Schema of .mtlsctl.yaml, for editors'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and not __fish_seen_subcommand_from schema rbac help" -f -a "rbac" -d 'Print a Role that is sufficient to read a cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and not __fish_seen_subcommand_from schema rbac help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from schema" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from schema" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from schema" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from schema" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from schema" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from rbac" -s n -l namespace -d 'Only this namespace, as a Role [default: all, as a ClusterRole]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from rbac" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from rbac" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from rbac" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from rbac" -l exec -d 'Also what `--in` needs: finding a pod, and exec into it'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from rbac" -l job -d 'Also what `--as-job=run` needs: creating a Job, reading its log, and deleting it'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from rbac" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from rbac" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from rbac" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "schema" -d 'Print the JSON Schema of .mtlsctl.yaml, for editors'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "rbac" -d 'Print a Role that is sufficient to read a cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand demo" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand demo" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand demo" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand demo" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand demo" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand doctor" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand doctor" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand doctor" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand doctor" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand version" -s o -l output -d 'text or json; =PATH writes to a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand version" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand version" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand version" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand version" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand version" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l base -d 'Compare the working tree (all of it, or the given paths) with this revision, such as origin/main' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l envoy -d 'Check certificates as this Envoy version does; A..B compares two versions' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -s o -l output -d 'text, table, json, markdown or 2 more; =PATH writes to a file' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l fail-on -d 'What makes the command fail' -r -f -a "downgrade\t'An upstream that is less protected, less verified or less reachable'
change\t'Any difference in the TLS of an upstream'
never\t'Nothing'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l exclude -d 'Exclude paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l stdin-filename -d 'The file name for standard input, so that editors can lint unsaved changes' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -s k -l kustomize -d 'Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l helm -d 'Render this chart folder first, with `helm template`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l values -d 'Values for the chart; repeatable, the last one wins' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned and converted, with annotations expanded'
k8s\t'Kubernetes objects read directly by Emissary\'s own parser'
fs\t'Bare documents, as in the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l world -d 'If the input has several worlds (environments, Ambassadors), use only this one: a folder, a name from `worlds` in the configuration, or an Ambassador\'s id' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l context -d 'Read the cluster of this kubeconfig context; any files are applied over it' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l cluster -d 'Read this cluster of the kubeconfig' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l kubeconfig -d 'Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod\'s account]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -s n -l namespace -d 'Read this namespace of the cluster [the context\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l external -d 'Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l files -d 'Whether certificate files in the Ambassador pod are assumed to exist, or checked' -r -f -a "assume\t'They are assumed to exist'
check\t'They are checked (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l rootfs -l files-root -d 'The folder used as the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l config -d 'The configuration file; its paths are then relative to the working directory [default: the closest .mtlsctl.yaml above all inputs, up to the repository]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l emissary -d 'The Emissary version [default: from its workload in the input, else 4.1]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l staged -d 'Compare staged changes with --base [default: HEAD]'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l allow-empty -d 'Succeed if neither side has Ambassador resources'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l no-ignore-vcs -d 'Also read files that .gitignore excludes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l check-yaml -d 'Parse every document, even those that cannot matter, and report invalid YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -s A -l all-namespaces -d 'Read all namespaces of the cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l force-secret-validation -d 'Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l no-config -l isolated -d 'Read no configuration'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -l show-settings -d 'Show every effective setting and where it comes from'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -l all -d 'Write all pages into this folder, for packaging' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -l hyperlinks -d 'When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -l at -d 'Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -s q -l quiet -d 'Print less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -s v -l verbose -d 'Print more: which configuration applies, how many rules ran, how many documents were skipped'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "lint" -d 'Find problems with mutual TLS in these manifests'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "probe" -d 'Perform the handshake that Ambassador would perform, and report the result'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "running" -d 'Compare a running Envoy with what the manifests ask for'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "resolve" -d 'Show each upstream, the TLS it really gets, and why'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "upgrade" -d 'Show what an upgrade of Emissary changes for an input, and what to do first'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "rehearse" -d 'Rehearse a change before making it'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "graph" -d 'Draw how trust flows from certificates through Secrets and contexts to routes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "inspect" -d 'Show certificates, keys and CRLs, and whether Envoy would accept them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "explain" -d 'Explain a rule, a log line about TLS, or a whole log'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "consul" -d 'Copy a service\'s certificate and the mesh\'s roots from a Consul agent to Ambassador'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "lsp" -d 'Run the language server: findings as you type, hover, completion, rename, fixes'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "config" -d 'Print the schema of .mtlsctl.yaml, or the permissions needed in a cluster'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "demo" -d 'Run mtlsctl on a small example: find a fault, see its effect on the wire, fix it'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "doctor" -d 'List what mtlsctl finds on this machine, and how to get what is missing'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "version" -d 'Print the version, and which releases of Emissary and Envoy are known'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "completions" -d 'Print a shell completion script'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "diff" -d 'Compare the TLS of every upstream before and after a change'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "man" -d 'Show a manual page'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe running resolve upgrade rehearse graph inspect explain consul lsp config demo doctor version completions diff man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and __fish_seen_subcommand_from rehearse" -f -a "rotation" -d 'Find an order in which certificates, CAs and revocation lists can be replaced without a gap'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and __fish_seen_subcommand_from consul" -f -a "export" -d 'Fetch the certificate and the roots once, and write them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and __fish_seen_subcommand_from consul" -f -a "sync" -d 'Keep the certificate and the roots up to date until SIGTERM'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "schema" -d 'Print the JSON Schema of .mtlsctl.yaml, for editors'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "rbac" -d 'Print a Role that is sufficient to read a cluster'
