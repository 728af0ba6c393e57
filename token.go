//go:build go1.24

package secrets

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"math"
	"strings"
)

// The classes of printable ASCII characters other than the space. They are
// disjoint, so that any concatenation of them is an alphabet.
const (
	Lowercase   = "abcdefghijklmnopqrstuvwxyz"
	Uppercase   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	Digits      = "0123456789"
	Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
)

// A token of up to short bytes is made on the stack: its string is the one
// allocation.
const short = 64

// TokenBytes returns nbytes random bytes, which hold 8·nbytes bits of entropy:
// TokenBytes(16) holds 128. Without an argument it returns [DefaultEntropy]
// bytes. The result is never nil. Given the same random bytes, it is that of
// Python's token_bytes.
//
// It panics if nbytes is negative or more than one is given.
func TokenBytes(nbytes ...int) []byte {
	b := make([]byte, optional(nbytes, "TokenBytes"))
	rand.Read(b)
	return b
}

// TokenHex returns nbytes random bytes as 2·nbytes lower-case hexadecimal digits,
// which hold 8·nbytes bits of entropy: TokenHex(16) is 32 characters and holds
// 128. Without an argument it takes [DefaultEntropy] bytes. Given the same random
// bytes, the result is that of Python's token_hex.
//
// It panics if nbytes is negative or more than one is given, or if 2·nbytes
// overflows an int.
func TokenHex(nbytes ...int) string {
	n := optional(nbytes, "TokenHex")
	if n <= short {
		var raw [short]byte
		var text [2 * short]byte
		rand.Read(raw[:n])
		hex.Encode(text[:], raw[:n])
		return string(text[:hex.EncodedLen(n)])
	}
	if n > math.MaxInt/2 {
		panic("secrets: TokenHex: length too large")
	}
	return long(n, hex.EncodedLen(n), true)
}

// TokenURLSafe returns nbytes random bytes in base64url (RFC 4648, section 5)
// without padding: ⌈4·nbytes/3⌉ letters, digits, '-' and '_', which hold 8·nbytes
// bits of entropy. TokenURLSafe(16) is 22 characters and holds 128. Without an
// argument it takes [DefaultEntropy] bytes. Given the same random bytes, the
// result is that of Python's token_urlsafe.
//
// It panics if nbytes is negative or more than one is given, or if the number of
// characters overflows an int.
func TokenURLSafe(nbytes ...int) string {
	n := optional(nbytes, "TokenURLSafe")
	if n <= short {
		var raw [short]byte
		var text [(4*short + 2) / 3]byte
		rand.Read(raw[:n])
		base64.RawURLEncoding.Encode(text[:], raw[:n])
		return string(text[:base64.RawURLEncoding.EncodedLen(n)])
	}
	if n > math.MaxInt/4*3+2 { // So many bytes are MaxInt/4*4 + 3 = MaxInt characters.
		panic("secrets: TokenURLSafe: length too large")
	}
	return long(n, base64.RawURLEncoding.EncodedLen(n), false)
}

// long returns nbytes random bytes as a text of size characters, hexadecimal or
// else base64url. It draws them a chunk at a time, so that it needs no memory
// besides the text.
func long(nbytes, size int, hexadecimal bool) string {
	const chunk = 1536 // A multiple of 3 bytes has no padding in base64.
	var raw [chunk]byte
	var text [2 * chunk]byte
	var b strings.Builder
	b.Grow(size)
	for nbytes > 0 {
		r := raw[:min(nbytes, chunk)]
		rand.Read(r)
		// A function in the place of the bool would move the chunk to the heap.
		if hexadecimal {
			b.Write(hex.AppendEncode(text[:0], r))
		} else {
			b.Write(base64.RawURLEncoding.AppendEncode(text[:0], r))
		}
		nbytes -= len(r)
	}
	return b.String()
}

// optional returns the length that the function called name is given, or
// DefaultEntropy.
func optional(length []int, name string) int {
	if len(length) == 0 {
		return DefaultEntropy
	}
	return given(length, name)
}

// given returns the one length in length.
func given(length []int, name string) int {
	if len(length) > 1 {
		panic("secrets: " + name + ": more than one length")
	}
	if length[0] < 0 {
		panic("secrets: " + name + ": negative length")
	}
	return length[0]
}
