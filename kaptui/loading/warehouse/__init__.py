"""Mappings that run where the ledger lies: `-- at: NAME`, and the ADBC connection profile NAME.toml beside them."""
