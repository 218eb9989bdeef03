# Shells that complete commands, readers of man pages, and Graphviz.
debian zsh fish mandoc graphviz
# Graphviz reads a list of its plugins from beside them.
libraries=$(echo "$into"/usr/lib/*-linux-gnu*)
LD_LIBRARY_PATH="$libraries" GVBINDIR="$libraries/graphviz" "$into/usr/bin/dot" -c
