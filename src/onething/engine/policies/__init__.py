"""Who is entitled to what: policies as dated, sourced values (`model`), checked (`checking`), decided for one person."""
