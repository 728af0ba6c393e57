//go:build go1.24

package secrets

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// The classes of printable ASCII characters other than the space. They are
// disjoint, so that any concatenation of them is an alphabet for [TokenFrom].
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

// TokenFrom returns a string of length characters, drawn independently and
// uniformly from the alphabet. Over an alphabet of n characters it holds
// length·log₂(n) bits of entropy: TokenFrom(Lowercase+Digits, 20) holds 103.4.
//
// Without a length it returns the fewest characters that hold at least
// 8·[DefaultEntropy] bits: 43 of Lowercase+Uppercase+Digits, 78 of Digits. Then
// the alphabet changes how a token looks, and never makes it weaker.
//
// A character is a Unicode code point: a letter with a combining mark is two. The
// alphabet can be of any script, and as large as Unicode.
//
// TokenFrom panics if the alphabet has fewer than two characters, repeats a
// character or is not valid UTF-8, even if the length is 0. A repeated character
// would come twice as often as the others. TokenFrom also panics if the length is
// negative or more than one is given, or if the length in bytes of the longest
// possible result overflows an int.
func TokenFrom(alphabet string, length ...int) string {
	if distinctASCII(alphabet) {
		return fromASCII(alphabet, fromLength(length, len(alphabet)))
	}
	runes := distinctRunes(alphabet)
	return fromRunes(runes, fromLength(length, len(runes)), len(alphabet))
}

// fromASCII is TokenFrom over an alphabet that distinctASCII accepts.
func fromASCII(alphabet string, length int) string {
	if length == 0 {
		return ""
	}
	var buf [2 * short]byte
	text := drawASCII(buf[:], alphabet, length)
	if len(text) == length {
		return string(text)
	}
	var b strings.Builder
	b.Grow(length)
	b.Write(text)
	for b.Len() < length {
		b.Write(drawASCII(buf[:], alphabet, length-b.Len()))
	}
	return b.String()
}

// drawASCII draws random characters of the alphabet into buf. It returns up to
// k of them, and at least one.
func drawASCII(buf []byte, alphabet string, k int) []byte {
	// A byte x becomes the character number ⌊x·n/256⌋ of n, or is rejected if
	// x·n mod 256 < 256 mod n: the comment in below says why that is uniform. As
	// n <= 128, less than one byte in three is rejected. Drawing twice the
	// expected number of rejections in addition makes a second Read rare.
	n := uint(len(alphabet))
	t := 256 % n
	m := min(uint(k), uint(len(buf)))
	m = min(m+(2*m*t+255)/256, uint(len(buf)))
	for range maxTries {
		raw := buf[:m]
		rand.Read(raw)
		text := raw[:0] // A character takes the place of a byte already used.
		for _, x := range raw {
			if p := uint(x) * n; p%256 >= t {
				text = append(text, alphabet[p/256])
			}
		}
		if len(text) > 0 {
			return text[:min(len(text), k)]
		}
	}
	panic(stuck)
}

// fromRunes is TokenFrom over the alphabet that has the characters runes, in
// ascending order, and size bytes.
func fromRunes(runes []rune, length, size int) string {
	width := utf8.RuneLen(runes[len(runes)-1]) // They ascend, and the last is the widest.
	if length > math.MaxInt/width {
		panic("secrets: TokenFrom: length too large")
	}
	// If not all characters have the same width, the size of the result is
	// random. Make room for its mean and eight standard deviations, which for a
	// width from 1 to 4 bytes are at most 1.5·√length each.
	room := width * length
	mean := float64(length) * float64(size) / float64(len(runes))
	if r := mean + 12*math.Sqrt(float64(length)); r < float64(room) {
		room = int(r)
	}
	var b strings.Builder
	b.Grow(room)
	for _, j := range digits(uint64(len(runes)), 0, length) {
		b.WriteRune(runes[j])
	}
	return b.String()
}

// distinctASCII reports whether s consists of two or more different ASCII
// characters, as most alphabets do.
func distinctASCII(s string) bool {
	var seen [utf8.RuneSelf]bool
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || seen[c] {
			return false
		}
		seen[c] = true
	}
	return len(s) >= 2
}

// distinctRunes returns the characters of the alphabet, in ascending order. It
// panics if they are not two or more different ones.
func distinctRunes(alphabet string) []rune {
	if !utf8.ValidString(alphabet) {
		panic("secrets: TokenFrom: alphabet is not valid UTF-8")
	}
	if len(alphabet) > utf8.UTFMax*utf8.MaxRune { // more than all characters there are
		panic("secrets: TokenFrom: alphabet repeats a character")
	}
	runes := []rune(alphabet)
	if len(runes) < 2 {
		panic("secrets: TokenFrom: alphabet of fewer than two characters")
	}
	slices.Sort(runes)
	if len(slices.Compact(runes)) < len(runes) {
		panic("secrets: TokenFrom: alphabet repeats a character")
	}
	return runes
}

// fromLength returns the length that TokenFrom is given, or its default for an
// alphabet of n characters.
func fromLength(length []int, n int) int {
	if len(length) > 0 {
		return given(length, "TokenFrom")
	}
	// ⌈log_n(256^DefaultEntropy)⌉. Log2 is exact for the powers of two. For the
	// other n, up to the size of Unicode, the quotient is at least 2·10⁻⁷ from an
	// integer, and its rounding error far smaller.
	return int(math.Ceil(8 * DefaultEntropy / math.Log2(float64(n))))
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
