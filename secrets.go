// Package secrets makes tokens, passwords, codes and random choices from the system's
// secure random source. It mirrors Python's secrets module, and adds random strings over
// any alphabet.
//
// # Which function
//
// Use [TokenURLSafe] for most tokens: session IDs, password reset links, unguessable
// URLs. By default it returns 43 characters with 256 bits of entropy, which need no
// escaping in a URL, a header or a cookie.
//
// Use [TokenHex] if only hexadecimal digits are allowed. Use [TokenBytes] for an
// encryption or signing key. Use [TokenFrom] for passwords and for codes of digits.
//
// [Choice], [Choices], [Sample] and [Shuffle] draw from a slice. [RandBelow],
// [RandBelowBig] and [RandBits] return random numbers. [SystemRandom] is a source for
// [math/rand/v2], which adds floats and distributions. [CompareDigest] compares secrets.
//
// # How long
//
// 128 bits of entropy is the usual minimum (OWASP ASVS 5.0, 11.5.1). Less is enough only
// where guesses are limited or slow. A code of six digits has 19.9 bits, so it must
// expire soon, work once and allow few guesses.
//
// # Guarantees
//
// Every random bit comes from [crypto/rand] at the moment of the call. All numbers,
// indexes and bits are exactly uniform. The package keeps no state. All functions are
// safe for concurrent use, except that Shuffle needs exclusive access to its slice.
//
// No function returns an error. If the system's randomness fails, crypto/rand crashes the
// program, and recover cannot stop it. Bad arguments panic before anything is drawn, with
// a string "secrets: Function: condition". A result too large for memory panics or ends
// the program: limit lengths that come from untrusted input. If a replaced rand.Reader
// serves the same bytes again and again, a function may panic rather than retry for ever.
//
// Only CompareDigest promises a time independent of contents. Memory is not wiped.
package secrets

import "crypto/subtle"

// DefaultEntropy is the entropy, in bytes, of a token made without a length: 256 bits.
// [TokenFrom] rounds it up to whole characters.
const DefaultEntropy = 32

// CompareDigest reports whether a and b are equal, byte for byte. The time taken depends
// on their lengths but not on their contents. If the lengths differ, it returns false at
// once. Two empty secrets are equal: reject an empty configured secret first. To compare
// arrays, pass a[:] and b[:].
func CompareDigest[T ~string | ~[]byte](a, b T) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
