"""Everything SQL: the schema, one file per aggregate, the only commits, and the migrations."""
