"""The postman: carries bytes it cannot read, and the reference central that receives them."""
