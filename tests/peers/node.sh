# Readers of SARIF and of Mermaid's graphs.
npm_packages @microsoft/sarif-multitool@5.7.0 mermaid@12.3.0
# The package leaves this to its first run.
chmod +x "$into/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
