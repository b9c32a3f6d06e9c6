package io.largesse.coupons;

import java.util.List;

/** Users as one array of PostgreSQL. */
record UserPage(List<String> users) {}
