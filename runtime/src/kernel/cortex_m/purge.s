@ Leaves no macro to code behind this.
.purgem of_three
.purgem load
.purgem load_next
.purgem store_next
.purgem load_row
.purgem store_row
.purgem load_range
.purgem store_range
.purgem add_each
.purgem add_products
.purgem larger
.purgem to_core
.purgem from_core
.purgem not_negative
.purgem prepare_relu
.purgem pairs
.purgem relu_in_core
.purgem zero
.purgem relu
.purgem store_relu
.purgem leaky_relu
.noaltmacro
