# Helm 4's own engine as a library, and a shim that makes it `helm template`; no package has the program.
pip helm-python-sdk==0.2.2
{ echo "#!$into/bin/python3"; cat tests/peers/helm.py; } >"$into/bin/helm"
chmod +x "$into/bin/helm"
