//! Emissary's own messages about the Module `ambassador`, and about filters, error responses and
//! tracing.

use super::context::E;
use crate::explain::matching::entry::{DictionaryEntry, Grade, weight};

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "emissary/module-invalid",
        &["envoy_log_type {text} requires a {text} in envoy_log_format: {reason}, invalidating", "Invalid log_type specified: {reason}. Supported: json, text",
          "envoy_validation_timeout must be an integer number of seconds", "ip_allow and ip_deny may not both be set",
          "principals must be separate list elements", "principal type {name} unknown: must be peer or remote", "principal {text} is not valid: {reason}",
          "missing required field: max_request_bytes", "Only one of 'proper_case' or 'header_case_overrides' fields may be set",
          "Ambassador module config 'header_case_overrides' must be an array", "Could not parse any valid string headers in 'header_case_overrides'",
          "Skipping non-string header in 'header_case_overrides'", "is invalid for Module field {field}. must be an integer greater than zero",
          "invalid for Module field {text}. must be an integer greater than zero", "is invalid for Module field {text}. This field must be true/false"],
        "a field of the Module `ambassador` has a value that Emissary does not accept: it ignores \
         that field; for the log format, `ip_allow`, `ip_deny` and buffers, it ignores the whole \
         section. TLS to upstreams is not affected",
        "correct the field in the Module's `config`",
    )
    .grade(Grade::Warning)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir/irambassador.py and iripallowdeny.py"),
    E.says(
        "emissary/client-certificate-header",
        &["'forward_client_cert_details' may not be set to {value}; it may only be set to one of", "'set_current_client_cert_details' may not contain key {text}; it may only contain keys",
          "'set_current_client_cert_details' value for key {text} may only be 'true' or 'false'"],
        "a Module field for `x-forwarded-client-cert` has a value that Emissary does not accept, \
         so Envoy keeps its default and removes that header: upstreams do not learn the identity \
         of the *downstream* client. The certificate that Ambassador presents to upstreams is not \
         affected",
        "use one of the values that the message lists; values such as `FORWARD_ONLY` are written \
         in capitals",
    )
    .weight(weight::CAUSE)
    .grade(Grade::Warning)
    .seen("Ambassador 1.13 to Emissary 4.1.0, python/ambassador/ir/irambassador.py"),
    E.says(
        "emissary/auth-disabled",
        &["Protocol {text} is not supported, auth not enabled"],
        "the `proto` of the AuthService is neither `http` nor `grpc`, so there is no \
         authentication: every route is open",
        "write `proto: http` or `proto: grpc`",
    )
    .weight(weight::CAUSE)
    .seen("Ambassador 1.14.4, python/ambassador/envoy/v2/v2listener.py"),
    E.says(
        "emissary/auth-fields",
        &["AuthService after v0 requires proto field", "AuthService ignoring allow_request_body since include_body is present", "AuthService version {name} unknown, treating as v2",
          "auth canary {cluster} can only change service!", "A future Ambassador version will change the GRPC protocol version for {name}"],
        "an AuthService lacks a field, or has two that exclude each other: Emissary uses its \
         default, or the one that the message names",
        "set `proto` and, for gRPC, `protocol_version: v3`; several AuthServices may differ only \
         in `service`",
    )
    .grade(Grade::Warning)
    .rules(&["auth-service-misconfigured"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir/irauth.py"),
    E.says(
        "emissary/trace-and-log-services",
        &["collector_endpoint_version must be one of", "the 'lightstep' driver is no longer supported in the TracingService",
          "The OpenTelemetry tracing driver is work-in-progress", "additional_log_headers are not supported in tcp mode",
          "Please provide a header name for every additional log header", "AMBASSADOR_GRPC_METRICS_SINK value {text} is invalid: {reason}",
          "Stats will not be exported to {name}"],
        "a TracingService, LogService or statistics sink has a value that this release does not \
         accept, so Emissary leaves it out; requests are still routed",
        "correct the field that the message names",
    )
    .weight(weight::FRAME)
    .grade(Grade::Warning)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir/irtracing.py and irlogservice.py"),
    E.says(
        "emissary/error-responses",
        &["IRErrorResponse: {reason}", "ErrorResponse Module config has no mappers, cannot configure"],
        "`error_response_overrides` has a value that Emissary does not accept ({reason}); it \
         leaves that override out. Upstreams are not affected",
        "correct the override in the Module or Mapping",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Warning)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir/irerrorresponse.py"),
    E.says(
        "emissary/health-checks-invalid",
        &["IRHealthChecks: {reason}"],
        "`health_checks` of a Mapping has a value that Emissary does not accept ({reason}); it \
         leaves that check out",
        "correct the check; a check uses the same TLS as requests to its cluster",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Warning)
    .seen("Emissary 3.4 to 4.1.0, python/ambassador/ir/irhealthchecks.py"),
    E.says(
        "emissary/go-filter",
        &["not found, disabling Go filter"],
        "Emissary runs without its optional Go filter; nothing else depends on it",
        "nothing",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note)
    .seen("Emissary 3.3 to 4.1.0, python/ambassador/ir/irgofilter.py"),
];
