// Package secrets makes tokens, passwords, codes and random choices that cannot
// be guessed. It mirrors Python's secrets module, and adds random strings over any
// set of characters.
//
// # Which function
//
// [TokenURLSafe] is right for most tokens: session ids, links that reset a
// password, unguessable URLs. Its default is 256 bits of entropy in 43 characters
// that need no escaping in a URL, a header or a cookie.
//
// Use [TokenHex] where only hexadecimal digits are allowed or case is not
// preserved, and [TokenBytes] for an encryption or signing key. Use [TokenFrom] for
// any other set of characters: passwords, codes of digits, or command arguments,
// which must not begin with '-'.
//
// [Choice], [Choices], [Sample] and [Shuffle] draw from a slice. [RandBelow],
// [RandBelowBig] and [RandBits] return random numbers. [SystemRandom] is a source
// for [math/rand/v2], which adds floats and distributions. [CompareDigest] compares
// two secrets.
//
// # How long
//
// A secret of n bits of entropy takes about 2^(n-1) guesses. 128 bits are the usual
// floor (OWASP ASVS 5.0, 11.5.1), and RFC 6749, section 10.10, advises 160. A code of
// six digits holds 19.9 bits: it must expire soon, work once and allow few guesses.
//
// # Guarantees
//
// Every random bit comes from [crypto/rand] at the moment of the call. All numbers,
// indexes and bits are exactly uniform. There is no state. All functions are safe for
// concurrent use, except that Shuffle needs exclusive access to its slice.
//
// No function returns an error. Bad arguments panic before anything is drawn, with
// a string "secrets: Function: condition". If the system's randomness fails,
// crypto/rand crashes the program; recover cannot stop it. If [crypto/rand.Reader]
// was replaced by a source that repeats itself, these functions may panic, but do not
// hang; those of math/rand/v2 may.
//
// # Limits
//
// Memory is not wiped. Only CompareDigest promises a time that is independent of the
// secret. A result that is too large for memory fails as make does: limit a length
// that comes from outside. In tests, testing/cryptotest.SetGlobalRandom (Go 1.26)
// makes results repeatable. A new version of this package may change them, except
// for TokenBytes, TokenHex, TokenURLSafe and RandBits, which match Python.
package secrets

import "crypto/subtle"

// DefaultEntropy is the entropy of a token of default length, in bytes: 256 bits.
const DefaultEntropy = 32

// CompareDigest reports whether a and b are equal, byte for byte. The time taken is a
// function of their lengths and is independent of their contents. If the lengths
// differ, it returns false at once. To compare arrays, pass a[:] and b[:].
func CompareDigest[T ~string | ~[]byte](a, b T) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
