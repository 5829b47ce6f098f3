"""Who is entitled to what: policies as dated, sourced values (`model`), checked, decided for one person."""
