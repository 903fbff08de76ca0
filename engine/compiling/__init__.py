"""From a checked file to a plan that steps use."""
