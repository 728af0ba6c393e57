package secrets

import (
	"encoding/base64"
	"encoding/hex"
	"math"
	"slices"
	"unicode/utf8"
)

// The classes of printable ASCII characters other than the space, as in Python's
// string module. They have no character in common: join different classes to make
// an alphabet for [TokenFrom].
const (
	Lowercase   = "abcdefghijklmnopqrstuvwxyz"
	Uppercase   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	Digits      = "0123456789"
	Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
)

// TokenBytes returns nbytes random bytes, which hold 8·nbytes bits of entropy:
// TokenBytes(16) holds 128. Without an argument it returns [DefaultEntropy] bytes.
// The result is never nil. Given the same random bytes, it equals what Python's
// token_bytes returns.
//
// It panics if nbytes is negative or more than one is given.
func TokenBytes(nbytes ...int) []byte {
	b := make([]byte, optional("TokenBytes", nbytes))
	read(b)
	return b
}

// TokenHex returns nbytes random bytes as 2·nbytes lower-case hexadecimal digits:
// TokenHex(16) is 32 characters and holds 128 bits of entropy. Without an argument
// it takes [DefaultEntropy] bytes. Given the same random bytes, the result equals
// what Python's token_hex returns.
//
// It panics if nbytes is negative or more than one is given.
func TokenHex(nbytes ...int) string {
	n := optional("TokenHex", nbytes)
	// Up to 64 bytes, both buffers stay on the stack.
	raw := slices.Grow(make([]byte, 0, 64), n)[:n]
	text := slices.Grow(make([]byte, 0, 128), hex.EncodedLen(n))
	read(raw)
	return string(hex.AppendEncode(text, raw))
}

// TokenURLSafe returns nbytes random bytes in base64url (RFC 4648, section 5)
// without padding, as ⌈4·nbytes/3⌉ letters, digits, '-' and '_': TokenURLSafe(16)
// is 22 characters and holds 128 bits of entropy. Without an argument it takes
// [DefaultEntropy] bytes. Given the same random bytes, the result equals what
// Python's token_urlsafe returns.
//
// It panics if nbytes is negative or more than one is given.
func TokenURLSafe(nbytes ...int) string {
	n := optional("TokenURLSafe", nbytes)
	raw := slices.Grow(make([]byte, 0, 64), n)[:n]
	text := slices.Grow(make([]byte, 0, 86), base64.RawURLEncoding.EncodedLen(n))
	read(raw)
	return string(base64.RawURLEncoding.AppendEncode(text, raw))
}

// TokenFrom returns a string of length characters, drawn independently and
// uniformly from the alphabet. If the alphabet has n characters, the string holds
// length·log₂(n) bits of entropy: TokenFrom(Lowercase+Digits, 20) holds 103.4.
// Without a length it has as many characters as hold 8·[DefaultEntropy] bits: 43 of
// Lowercase+Uppercase+Digits, 78 of Digits.
//
// A character is a Unicode code point; a letter with a combining mark is two.
//
// TokenFrom panics if the alphabet has fewer than two characters, repeats one or is
// not valid UTF-8, even if the length is 0. For an alphabet that comes from a caller
// and may repeat a character, which makes it likelier than the others, use
// string(Choices([]rune(alphabet), length)). TokenFrom also panics if the length is
// negative or more than one is given.
func TokenFrom(alphabet string, length ...int) string {
	n, runes := characters(alphabet)
	if len(length) == 0 {
		// ⌈log_n(256^DefaultEntropy)⌉. Log2 is exact for the powers of two. For the
		// other n, up to the size of Unicode, the quotient is at least 2·10⁻⁷ from an
		// integer, and its rounding error far smaller.
		length = []int{int(math.Ceil(8 * DefaultEntropy / math.Log2(float64(n))))}
	}
	k := optional("TokenFrom", length)
	if runes == nil {
		text := slices.Grow(make([]byte, 0, 256), k)
		for _, j := range numbers(uint64(n), 0, k) {
			text = append(text, alphabet[j])
		}
		return string(text)
	}
	text := slices.Grow(make([]rune, 0, 64), k)
	for _, j := range numbers(uint64(n), 0, k) {
		text = append(text, runes[j])
	}
	return string(text)
}

// characters returns the number n of characters in the alphabet and, unless all
// are ASCII and so are its bytes, the characters themselves in ascending order. It
// panics if they are not two or more different ones.
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

// optional returns the length that the function called name was given, or
// DefaultEntropy.
func optional(name string, length []int) int {
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
