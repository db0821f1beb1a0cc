"""The reference central: takes sealed declarations in, answers the same for ever, and cannot read them."""
