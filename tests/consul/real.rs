//! A real Consul agent.
