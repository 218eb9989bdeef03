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
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -l hyperlinks -d 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -l at -d 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -s q -l quiet -d 'Say less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -s v -l verbose -d 'Say more'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -s h -l help -d 'Print help'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -s V -l version -d 'Print version'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "lint" -d 'Find what is wrong with the mutual TLS of these manifests'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "probe" -d 'Perform the handshake Ambassador would perform, and say what came of it'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "resolve" -d 'Show each upstream, the TLS it really gets, and why'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "graph" -d 'Draw how trust passes: certificate, Secret or file, TLSContext, Mapping, host and prefix'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "inspect" -d 'Look at certificates, keys and CRLs, and ask what Envoy would say to them'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "explain" -d 'Explain a rule or an Envoy TLS code, or list all rules'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "completions" -d 'Print a completion script'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "man" -d 'Print the man page'
complete -c mtlsctl -n "__fish_mtlsctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s f -l filename -d 'The same, as in kubectl' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s o -l output -l format -d 'text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or tap; with =PATH into a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l select -d 'Run only rules whose ids match one of these globs; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l ignore -d 'Leave out rules whose ids match one of these globs; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l baseline -d 'Set aside the findings that this file knows, by rule, object and field' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l report-scope -d 'Which findings count: all, or those with a place in the files given; then all files of --root are read, since what a file refers to may lie in another one' -r -f -a "all\t'All of them'
files\t'Those with a place in one of the files given'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l root -d 'The folder whose files are all read with --report-scope=files [default: the repository, else the working directory]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l fail-on -d 'Fail from this severity on' -r -f -a "note\t''
warning\t''
error\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l min-severity -d 'Show findings from this severity on' -r -f -a "note\t''
warning\t''
error\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l exclude -d 'Leave out paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned, converted; annotations unfolded'
k8s\t'Kubernetes objects read straight by Emissary\'s own parser'
fs\t'Bare documents of the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l emissary -d 'The Emissary version to speak for' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l external -d 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l files -d 'Whether certificate files in the Ambassador pod are taken to be there, or looked for' -r -f -a "assume\t'They are there'
check\t'They are looked for (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l rootfs -l files-root -d 'The folder that stands for the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l hyperlinks -d 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l at -d 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l no-ignores -d 'Report also what comments and annotations ask to ignore'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l show-suppressed -d 'Show suppressed findings in JSON, too, with the reason; SARIF always holds them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l fix -d 'Mend what can be mended safely, in the files themselves; what is left is reported. With -, print the mended text, and report on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l diff -d 'Show what --fix would change, and change nothing; fail if there is anything'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l unsafe-fixes -d 'Make also fixes that somebody should look at'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l update-baseline -d 'Write the findings of this call into the baseline instead'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l list-rules -d 'List the rules that would run'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l show-files -d 'List the files that would be read'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l exit-zero -d 'Succeed whatever is found; what could not be checked still fails'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l allow-empty -d 'Succeed where the input holds nothing of Ambassador\'s'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l no-ignore-vcs -d 'Read files that .gitignore leaves out, too'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l check-yaml -d 'Parse every document, also those that cannot matter, and report broken YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -l force-secret-validation -d 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s q -l quiet -d 'Say less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s v -l verbose -d 'Say more'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s f -l filename -d 'Manifests: files, folders, or - for standard input [default: .]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l cert -d 'The client\'s certificate chain, PEM, leaf first' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l key -d 'The client\'s private key, PEM' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ca -d 'The authorities the server is judged by, PEM' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l crl -d 'Revocation lists, PEM' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l sni -l servername -d 'The name to send; Envoy sends none unless the context says so' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l alpn -d 'Protocols to offer, by comma' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l min-tls-version -d 'v1.0 to v1.3 [Envoy: v1.2]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l max-tls-version -d 'v1.0 to v1.3 [Envoy: v1.2]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l cipher-suites -d 'Suites by their OpenSSL names, by comma' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ecdh-curves -d 'Groups, by comma' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l envoy -d 'Which Envoy to speak for [default: the one that --emissary ships]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l host -d 'Host of the request [the target\'s]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l timeout -d 'For TCP and TLS together, and again at most for an answer' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l connect-to -d 'Connect to another place instead, as in curl; may be repeated' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l resolve -d 'What a name stands for, as in curl; may be repeated' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l map -d 'Where files of the Ambassador pod are: /etc/istiocerts=./certs; may be repeated' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l profile -d 'Whose hello to send' -r -f -a "envoy\t''
strict\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l expect-spiffe -d 'Fail unless the server has this identity, one below it (`…/*`), or one of this trust domain' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l wait -d 'Try again until all is well, so long at most' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l interval -d 'Between two tries' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l concurrency -d 'Targets at a time' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s o -l output -l format -d 'text, short (only what is not well), table, json, sarif or github; with =PATH into a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l fail-on -d 'The least result that makes the exit code 1' -r -f -a "error\t''
warning\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l exclude -d 'Leave out paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned, converted; annotations unfolded'
k8s\t'Kubernetes objects read straight by Emissary\'s own parser'
fs\t'Bare documents of the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l emissary -d 'The Emissary version to speak for' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l external -d 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l files -d 'Whether certificate files in the Ambassador pod are taken to be there, or looked for' -r -f -a "assume\t'They are there'
check\t'They are looked for (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l rootfs -l files-root -d 'The folder that stands for the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l hyperlinks -d 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l at -d 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l all -d 'Every upstream of the input'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l grpc -d 'Speak HTTP/2, as for a gRPC Mapping'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l tcp -d 'Send nothing of our own, as for a TCPMapping'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l ipv6 -d 'Ask DNS for IPv6 addresses too, as with Ambassador\'s `enable_ipv6`'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l no-request -d 'Send no request; say goodbye after the handshake'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l no-negative -d 'Do not connect a second time without a certificate'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l require-mutual -d 'Fail if the server does not insist on a client certificate'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l matrix -d 'Work out the mesh\'s mode by seven more connections'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l no-ignore-vcs -d 'Read files that .gitignore leaves out, too'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l check-yaml -d 'Parse every document, also those that cannot matter, and report broken YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -l force-secret-validation -d 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s q -l quiet -d 'Say less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s v -l verbose -d 'Say more'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s f -l filename -d 'Manifests: files, folders, or - for standard input [default: .]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s o -l output -l format -d 'text or json; with =PATH into a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l exclude -d 'Leave out paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned, converted; annotations unfolded'
k8s\t'Kubernetes objects read straight by Emissary\'s own parser'
fs\t'Bare documents of the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l emissary -d 'The Emissary version to speak for' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l external -d 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l files -d 'Whether certificate files in the Ambassador pod are taken to be there, or looked for' -r -f -a "assume\t'They are there'
check\t'They are looked for (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l rootfs -l files-root -d 'The folder that stands for the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l hyperlinks -d 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l at -d 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l allow-empty -d 'Succeed where the input holds nothing of Ambassador\'s'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l no-ignore-vcs -d 'Read files that .gitignore leaves out, too'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l check-yaml -d 'Parse every document, also those that cannot matter, and report broken YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -l force-secret-validation -d 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s q -l quiet -d 'Say less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s v -l verbose -d 'Say more'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand resolve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s f -l filename -d 'Manifests: files, folders, or - for standard input [default: .]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s o -l output -l format -d 'text, mermaid, dot, json or html; with =PATH into a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l exclude -d 'Leave out paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned, converted; annotations unfolded'
k8s\t'Kubernetes objects read straight by Emissary\'s own parser'
fs\t'Bare documents of the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l emissary -d 'The Emissary version to speak for' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l external -d 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l files -d 'Whether certificate files in the Ambassador pod are taken to be there, or looked for' -r -f -a "assume\t'They are there'
check\t'They are looked for (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l rootfs -l files-root -d 'The folder that stands for the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l hyperlinks -d 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l at -d 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l allow-empty -d 'Succeed where the input holds nothing of Ambassador\'s'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l no-ignore-vcs -d 'Read files that .gitignore leaves out, too'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l check-yaml -d 'Parse every document, also those that cannot matter, and report broken YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -l force-secret-validation -d 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s q -l quiet -d 'Say less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s v -l verbose -d 'Say more'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand graph" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s f -l filename -d 'Manifests that hold the Secrets and contexts: files, folders, or - [default: .]' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ca -d 'Ask what Envoy would say to each target as a server\'s chain, with this as `trusted_ca`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l crl -d 'The CRL file that goes with --ca' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l key -d 'The private key of a certificate file: asks whether Envoy would load the pair' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l envoy -d 'The Envoy version to speak for [default: 1.38]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l max-tls-version -d 'The highest TLS version that the context allows, as in a TLSContext' -r -f -a "v1.0\t''
v1.1\t''
v1.2\t''
v1.3\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ecdh-curves -d 'The key agreement groups of the context, as in a TLSContext' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l server-name -d 'The name that a strict client would ask for; Envoy looks at no names' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l expires-in -d 'Fail if anything expires within this time (30d, 12h) or share of its life (25%) [default: warn at 30 days or a third of its life, whichever is shorter]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s o -l output -l format -d 'text, table, wide, json or prom; with =PATH into a file; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l fail-on -d 'Fail from this severity on' -r -f -a "note\t''
warning\t''
error\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l exclude -d 'Leave out paths that match this glob (as in .gitignore); repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ingest -d 'How manifests reach Ambassador' -r -f -a "snapshot\t'Applied to a cluster: validated, pruned, converted; annotations unfolded'
k8s\t'Kubernetes objects read straight by Emissary\'s own parser'
fs\t'Bare documents of the old file-system configuration'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ambassador-id -d 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l ambassador-namespace -d 'Ambassador\'s namespace [default: from the Deployment in the input, else "default"]' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l emissary -d 'The Emissary version to speak for' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l external -d 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l files -d 'Whether certificate files in the Ambassador pod are taken to be there, or looked for' -r -f -a "assume\t'They are there'
check\t'They are looked for (below --rootfs, if given)'"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l rootfs -l files-root -d 'The folder that stands for the Ambassador pod\'s `/`; implies `--files check`' -r -F
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l hyperlinks -d 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l at -d 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l exit-zero -d 'Succeed whatever is found; what could not be checked still fails'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l allow-empty -d 'Succeed where there is nothing to look at'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l no-ignore-vcs -d 'Read files that .gitignore leaves out, too'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l check-yaml -d 'Parse every document, also those that cannot matter, and report broken YAML in them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -l force-secret-validation -d 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s q -l quiet -d 'Say less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s v -l verbose -d 'Say more'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l hyperlinks -d 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -l at -d 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s q -l quiet -d 'Say less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s v -l verbose -d 'Say more'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand explain" -s h -l help -d 'Print help'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -l hyperlinks -d 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -l at -d 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -s q -l quiet -d 'Say less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -s v -l verbose -d 'Say more'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -l hyperlinks -d 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -l at -d 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now' -r
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -s q -l quiet -d 'Say less: no summary on standard error'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -s v -l verbose -d 'Say more'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand man" -s h -l help -d 'Print help'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe resolve graph inspect explain completions man help" -f -a "lint" -d 'Find what is wrong with the mutual TLS of these manifests'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe resolve graph inspect explain completions man help" -f -a "probe" -d 'Perform the handshake Ambassador would perform, and say what came of it'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe resolve graph inspect explain completions man help" -f -a "resolve" -d 'Show each upstream, the TLS it really gets, and why'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe resolve graph inspect explain completions man help" -f -a "graph" -d 'Draw how trust passes: certificate, Secret or file, TLSContext, Mapping, host and prefix'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe resolve graph inspect explain completions man help" -f -a "inspect" -d 'Look at certificates, keys and CRLs, and ask what Envoy would say to them'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe resolve graph inspect explain completions man help" -f -a "explain" -d 'Explain a rule or an Envoy TLS code, or list all rules'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe resolve graph inspect explain completions man help" -f -a "completions" -d 'Print a completion script'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe resolve graph inspect explain completions man help" -f -a "man" -d 'Print the man page'
complete -c mtlsctl -n "__fish_mtlsctl_using_subcommand help; and not __fish_seen_subcommand_from lint probe resolve graph inspect explain completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
