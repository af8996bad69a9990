"""After-sales: refunds, returns, exchanges and the platform's word when the two sides disagree."""
