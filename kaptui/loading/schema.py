"""What schema.sql asks for, by the name that the loading of a source knows it by."""

from kaptui.facts.schema import Check, Reference, Schema, SchemaColumn, SchemaTable, file_schema, shipped_schema

__all__ = ["Check", "Reference", "Schema", "SchemaColumn", "SchemaTable", "file_schema", "shipped_schema"]
