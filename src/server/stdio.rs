//! The pump between the process's pipes and the service.
