// Package secrets makes tokens, passwords, codes and random choices that cannot
// be guessed. It has a counterpart of every function in Python's secrets module,
// and one that Python users write by hand: a random string over an alphabet of
// their own.
//
// # Which function
//
// [TokenURLSafe] is right for most tokens: API keys, session ids, links that
// reset a password. Its default is 256 bits of entropy in 43 characters that need
// no escaping in a URL, a header or a cookie:
//
//	token := secrets.TokenURLSafe()
//
// Use another function where that text does not fit:
//
//   - [TokenHex] where only hexadecimal digits are allowed, or where upper and
//     lower case are not kept apart;
//   - [TokenBytes] for a key that another package takes as bytes;
//   - [TokenFrom] for any other set of characters: passwords, and codes of digits
//     that keep their leading zeros. One token of TokenURLSafe in 64 begins with
//     '-', which command lines take for a flag, and all are case-sensitive:
//     TokenFrom(Lowercase+Digits) avoids both.
//
// [Choice], [Choices], [Sample] and [Shuffle] draw from a slice. [RandBelow],
// [RandBelowBig] and [RandBits] return random numbers. [SystemRandom] is a source
// for [math/rand/v2], which adds floats and distributions. [CompareDigest]
// compares secrets.
//
// # How long
//
// A secret of n bits of entropy takes about 2^(n-1) guesses. 128 bits are beyond
// all guessing, and the default of the tokens is 256. A code of six digits
// holds 19.9 bits: it is safe only where it soon expires and few guesses are
// allowed.
//
// # Expiry and storage
//
// A token has no expiry of its own, and nothing can be read from it: whoever
// stores it stores the deadline beside it. Of a token of 128 bits or more, store
// only the SHA-256 hash, so that a stolen store gives no token away:
//
//	token := secrets.TokenURLSafe()
//	row.Hash = sha256.Sum256([]byte(token))
//	row.Deadline = time.Now().Add(time.Hour)
//
// A hash does not protect a short code, of which all can be tried, nor a password
// that a person chose, which takes a password hash such as Argon2.
//
// # Randomness
//
// Every random bit comes from [crypto/rand.Read] at the moment of the call. The
// package has no state and no settings. Its functions are safe for concurrent
// use, but for the slice that Shuffle writes to. Every result is exactly uniform
// over the possible ones: there is no modulo bias.
//
// # Failure
//
// No function returns an error. A bad argument panics before anything is drawn,
// with a string of the form "secrets: function: condition". If the system's
// randomness fails, crypto/rand ends the program, which cannot be recovered from.
// If [crypto/rand.Reader] has been replaced by a source that repeats itself, a
// function that rejects some of what it draws panics after a bounded number of
// tries; the methods of math/rand/v2 have no such bound.
//
// A result that is too large for the memory fails as it does with make: limit a
// length that comes from outside.
//
// # Limits
//
// The package does not wipe memory: a secret stays there until the memory is used
// again. Only CompareDigest promises that its time tells nothing of the contents
// of a secret.
package secrets

import "crypto/subtle"

// DefaultEntropy is the entropy of a token of default length, in bytes. It is 256
// bits.
const DefaultEntropy = 32

// CompareDigest reports whether a and b are equal. The time taken is a function of
// the lengths of a and b and is independent of their contents. If the lengths
// differ, it returns false at once.
//
// Both must be strings or both bytes. Strings in any script can be compared; they
// are equal if their bytes are.
func CompareDigest[T ~string | ~[]byte](a, b T) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
