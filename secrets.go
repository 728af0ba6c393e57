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
// any other set of characters: passwords, codes of digits, or arguments of a
// command, which must not begin with '-'.
//
// [Choice], [Choices], [Sample] and [Shuffle] draw from a slice. [RandBelow],
// [RandBelowBig] and [RandBits] return random numbers. [SystemRandom] is a source
// for [math/rand/v2], which adds floats and distributions. [CompareDigest] compares
// two secrets.
//
// # How long
//
// A secret of n bits of entropy takes 2^(n-1) guesses on average. 128 bits are the
// usual floor for a token (OWASP ASVS 5.0, 11.5.1; RFC 6749, section 10.10). Six
// digits are 19.9 bits: they must expire soon, work once and allow few guesses.
//
// # Guarantees
//
// Every random bit comes from [crypto/rand] at the moment of the call. All numbers,
// indexes and bits are exactly uniform. There is no state, and there are no settings.
// All functions are safe for concurrent use, except that Shuffle needs exclusive
// access to its slice.
//
// No function returns an error. Bad arguments panic before anything is drawn, with
// a string "secrets: Function: condition". If the system's randomness fails,
// crypto/rand crashes the program; recover cannot stop it. If [crypto/rand.Reader]
// was replaced by a source that repeats itself, calls may panic, but do not hang.
//
// # Limits
//
// Memory is not wiped. Only CompareDigest promises a time that is independent of the
// secret. A result that is too large for memory fails as make does: limit a length
// that comes from outside. In tests, testing/cryptotest.SetGlobalRandom (Go 1.26)
// makes results repeatable. With a new version of this package they may change,
// except for TokenBytes, TokenHex, TokenURLSafe and RandBits, which match Python's.
package secrets

import "crypto/subtle"

// DefaultEntropy is the number of random bytes in a token of default length. They
// hold 256 bits of entropy.
const DefaultEntropy = 32

// CompareDigest reports whether a and b are equal, byte for byte. The time taken is a
// function of their lengths and is independent of their contents. If the lengths
// differ, it returns false at once. Of an array, pass a[:].
func CompareDigest[T ~string | ~[]byte](a, b T) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
