/**
 * A certificate for localhost and 127.0.0.1 that signs itself, valid for a hundred years, so that tests can speak https without a
 * tool that makes one. Everybody knows its key: it guards nothing.
 */
export const localhostKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgT4iX20yNnu4PofGK
0VGm9XRFxuiC37S+Nc2rhoZiH+ehRANCAAShrTCmR6dJFg2BY4B3lAT4dZSL9xw8
l+HYg5jGZzu5KGTZsBx+tD5rhHZ03IZeFHazPipZwjGqJw04SCch3z02
-----END PRIVATE KEY-----
`;
export const localhostCertificate = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUWBByHlrI3FqyKM+vhYAbDUQ5A88wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjEwMzI0NloYDzIxMjYxMTAy
MTAzMjQ2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAShrTCmR6dJFg2BY4B3lAT4dZSL9xw8l+HYg5jGZzu5KGTZsBx+tD5r
hHZ03IZeFHazPipZwjGqJw04SCch3z02o28wbTAdBgNVHQ4EFgQUp0rHXZKNCdma
j27eXWslcN7u6TQwHwYDVR0jBBgwFoAUp0rHXZKNCdmaj27eXWslcN7u6TQwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgfh+EDOXgZM4fBroMZUZU2wwKXpyBwRcNHGPasLBxk+YCIEUQ
fkea5l0nY9ry9Rc8e+2vkkHsiVlQh2acQ+wkZP6B
-----END CERTIFICATE-----
`;
