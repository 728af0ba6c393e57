// Package secrets makes tokens, passwords, codes and random choices from the system's
// secure random source. It mirrors Python's secrets module, and adds random strings
// over any set of characters.
//
// # Which function
//
// [TokenURLSafe] is right for most tokens: session ids, links that reset a
// password, unguessable URLs. Its default is 256 bits of entropy in 43 characters
// that need no escaping in a URL, a header or a cookie.
//
// Use [TokenHex] if only hexadecimal digits are allowed. Use [TokenBytes] for an
// encryption or signing key. Use [TokenFrom] for passwords, for codes of digits, and for
// tokens of lower-case letters and digits: where case is not preserved, or as command
// arguments, which must not begin with '-'.
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
// CompareDigest takes a time that is independent of the secret. Memory is not wiped.
//
// No function returns an error. If the system's randomness fails, crypto/rand crashes
// the program; recover cannot stop it. Bad arguments panic before anything is drawn, with
// a string "secrets: Function: condition"; a nil *big.Int panics as any nil pointer does.
// Limit any length that comes from outside: a result too large for memory panics or
// crashes the program, as make does. If a replaced [crypto/rand.Reader] repeats itself,
// calls panic after 128 tries instead of hanging.
//
// In tests, testing/cryptotest.SetGlobalRandom (since Go 1.26) makes results repeatable.
// Results under a seed may differ between versions of this package.
package secrets

import "crypto/subtle"

// DefaultEntropy is the entropy of a token of default length, in bytes: 256 bits.
const DefaultEntropy = 32

// CompareDigest reports whether a and b are equal, byte for byte. The time taken is a
// function of their lengths and is independent of their contents. If the lengths
// differ, it returns false at once. Two empty secrets are equal: refuse an empty
// configured secret first. To compare arrays, pass a[:] and b[:].
func CompareDigest[T ~string | ~[]byte](a, b T) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
