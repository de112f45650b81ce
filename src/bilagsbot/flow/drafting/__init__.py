"""Draft: from a recording to a flow, its selectors and its bot, as YAML that a person goes on with."""
