// Package secrets makes tokens, passwords, codes and random choices from the system's
// secure random source. It mirrors Python's secrets module, and adds random strings
// from any alphabet.
//
// # Which function
//
// Use [TokenURLSafe] for most tokens: session IDs, password reset links, unguessable
// URLs. Its default is 256 bits of entropy in 43 characters that need no escaping in a
// URL, a header or a cookie.
//
// Use [TokenHex] if only hexadecimal digits are allowed. Use [TokenBytes] for an
// encryption or signing key. Use [TokenFrom] for passwords, for codes of digits, and,
// where case is lost, for tokens of lower-case letters and digits. Such tokens also suit
// command arguments: they never begin with '-'.
//
// [Choice], [Choices], [Sample] and [Shuffle] draw from a slice. [RandBelow],
// [RandBelowBig] and [RandBits] return random numbers. [SystemRandom] is a source
// for [math/rand/v2], which adds floats and distributions. [CompareDigest] compares
// two secrets.
//
// # How long
//
// A secret of n bits of entropy takes about 2^(n-1) guesses on average. 128 bits is the
// usual minimum (OWASP ASVS 5.0, 11.5.1). RFC 6749, section 10.10, requires 128 and
// advises 160. A code of six digits holds 19.9 bits: it must expire soon, work once and
// allow few guesses.
//
// # Guarantees
//
// Every random bit comes from [crypto/rand] at the moment of the call. All numbers,
// indexes and bits are exactly uniform. There is no state. All functions are safe for
// concurrent use, except that Shuffle needs exclusive access to its slice. Only
// CompareDigest promises a time independent of contents. Memory is not wiped.
//
// No function returns an error. If the system's randomness fails, crypto/rand crashes
// the program; recover cannot stop it. Bad arguments panic before any draw, with a string
// "secrets: Function: condition"; a nil *big.Int panics like any nil pointer. Limit
// lengths from outside: a result too large for memory panics or crashes the program. If a
// replaced [crypto/rand.Reader] repeats itself, a call that keeps retrying panics after
// 128 tries instead of hanging.
//
// In tests, testing/cryptotest.SetGlobalRandom (since Go 1.26) makes results repeatable.
// Results under a seed may differ between versions of this package, except in tests that
// use only TokenBytes, TokenHex, TokenURLSafe and RandBits.
package secrets

import "crypto/subtle"

// DefaultEntropy is the number of bytes in a default token: 256 bits of entropy.
const DefaultEntropy = 32

// CompareDigest reports whether a and b are equal, byte for byte. The time taken depends
// on their lengths but not on their contents. If the lengths differ, it returns false at
// once. Two empty secrets are equal: reject an empty configured secret first. To compare
// arrays, pass a[:] and b[:].
func CompareDigest[T ~string | ~[]byte](a, b T) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
