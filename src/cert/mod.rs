//! Floor 0: X.509 facts, without YAML and without network.
