"""The price engine: pure rules from goods and offers to what each line, order and trade costs."""
