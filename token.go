package secrets

import (
	"encoding/base64"
	"encoding/hex"
	"math"
	"slices"
	"unicode/utf8"
)

// Classes of printable ASCII characters, without the space, as in Python's string module.
// Join classes to make an alphabet for [TokenFrom]: those other than Letters do not overlap.
const (
	Lowercase   = "abcdefghijklmnopqrstuvwxyz"
	Uppercase   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	Letters     = Lowercase + Uppercase
	Digits      = "0123456789"
	Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
)

// TokenBytes returns nbytes random bytes, which have 8·nbytes bits of entropy:
// TokenBytes(16) has 128. Without an argument it returns [DefaultEntropy] bytes.
// The result is never nil.
//
// It panics if nbytes is negative or more than one value is given.
func TokenBytes(nbytes ...int) []byte {
	b := make([]byte, lengthOrDefault("TokenBytes", nbytes))
	read(b)
	return b
}

// TokenHex returns nbytes random bytes as 2·nbytes lower-case hexadecimal digits:
// TokenHex(16) has 32 characters and 128 bits of entropy. Without an argument it uses
// [DefaultEntropy] bytes.
//
// It panics if nbytes is negative or more than one value is given.
func TokenHex(nbytes ...int) string {
	n := lengthOrDefault("TokenHex", nbytes)
	// A buffer of constant size stays on the stack. It is replaced only if n is larger.
	raw := slices.Grow(make([]byte, 0, 64), n)[:n]
	read(raw)
	return string(hex.AppendEncode(make([]byte, 0, 2*64), raw))
}

// TokenURLSafe returns nbytes random bytes in base64url (RFC 4648, section 5) without
// padding, as ⌈4·nbytes/3⌉ letters, digits, '-' and '_': TokenURLSafe(16) has 22
// characters and 128 bits of entropy. Without an argument it uses [DefaultEntropy] bytes.
//
// It panics if nbytes is negative or more than one value is given.
func TokenURLSafe(nbytes ...int) string {
	n := lengthOrDefault("TokenURLSafe", nbytes)
	raw := slices.Grow(make([]byte, 0, 64), n)[:n] // as in TokenHex
	read(raw)
	return string(base64.RawURLEncoding.AppendEncode(make([]byte, 0, 2*64), raw))
}

// TokenFrom returns a string of length characters, drawn independently and uniformly from
// the n characters of the alphabet. It has length·log₂(n) bits of entropy:
// TokenFrom(Letters+Digits, 20) has 119.1. Without a length, it has the fewest characters
// with at least 8·[DefaultEntropy] bits. A character is a Unicode code point. Every one
// counts, and ranges are not expanded: "0-9" has three characters.
//
// It panics if the length is negative or more than one value is given, and, even for a
// length of 0, if the alphabet has fewer than two characters, repeats one or is not
// valid UTF-8.
func TokenFrom(alphabet string, length ...int) string {
	n, runes := characters(alphabet)
	k := lengthOrDefault("TokenFrom", length)
	if len(length) == 0 {
		// ⌈log_n(256^DefaultEntropy)⌉. Log2 is exact for powers of two. For any other n
		// up to the size of Unicode, the quotient differs from every integer by at least
		// 2·10⁻⁷. That is more than its rounding error, so Ceil is right.
		k = int(math.Ceil(8 * DefaultEntropy / math.Log2(float64(n))))
	}
	if runes != nil {
		return string(Choices(runes, k))
	}
	text := slices.Grow(make([]byte, 0, 256), k) // 256 is the longest default length.
	for _, j := range numbers(uint64(n), 0, k) {
		text = append(text, alphabet[j])
	}
	return string(text)
}

// characters returns n, the number of characters in the alphabet. If all are ASCII,
// character j is alphabet[j], and runes is nil. Otherwise runes has the characters, sorted
// to find repeats. It panics if TokenFrom must.
func characters(alphabet string) (n int, runes []rune) {
	var seen [utf8.RuneSelf]bool
	for n < len(alphabet) && alphabet[n] < utf8.RuneSelf && !seen[alphabet[n]] {
		seen[alphabet[n]] = true
		n++
	}
	if n == len(alphabet) && n >= 2 {
		return n, nil
	}
	runes = []rune(alphabet)
	slices.Sort(runes)
	switch {
	case !utf8.ValidString(alphabet):
		panic("secrets: TokenFrom: alphabet is not valid UTF-8")
	case len(runes) < 2:
		panic("secrets: TokenFrom: alphabet of fewer than two characters")
	case len(slices.Compact(runes)) < len(runes):
		panic("secrets: TokenFrom: alphabet repeats a character")
	}
	return len(runes), runes
}

// lengthOrDefault returns the one length that the named function was given, or
// DefaultEntropy if there is none.
func lengthOrDefault(name string, length []int) int {
	switch {
	case len(length) == 0:
		return DefaultEntropy
	case len(length) > 1:
		panic("secrets: " + name + ": more than one length")
	case length[0] < 0:
		panic("secrets: " + name + ": negative length")
	}
	return length[0]
}
