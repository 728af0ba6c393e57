package secrets_test

import (
	"crypto/sha256"
	"fmt"
	"math/big"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/secrets"
)

func ExampleTokenBytes() {
	key := secrets.TokenBytes(32) // for AES-256
	fmt.Println(len(key), "bytes")
	fmt.Println(len(secrets.TokenBytes()), "bytes by default")
	// Output:
	// 32 bytes
	// 32 bytes by default
}

func ExampleTokenHex() {
	token := secrets.TokenHex(16) // 128 bits
	fmt.Println(len(token), "characters")
	fmt.Println(strings.Trim(token, "0123456789abcdef") == "")
	// Output:
	// 32 characters
	// true
}

func ExampleTokenURLSafe() {
	token := secrets.TokenURLSafe() // 256 bits
	fmt.Println(len(token), "characters")
	fmt.Println(url.QueryEscape(token) == token)
	// Output:
	// 43 characters
	// true
}

func ExampleTokenFrom() {
	// Without the characters that are easily taken for one another.
	const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

	voucher := secrets.TokenFrom(alphabet, 10) // 10 characters of 5 bits
	fmt.Println(len(voucher), "characters")
	fmt.Println(strings.Trim(voucher, alphabet) == "")

	// Without a length, every alphabet gives at least 256 bits.
	fmt.Println(len(secrets.TokenFrom(alphabet)), "characters by default")
	// Output:
	// 10 characters
	// true
	// 52 characters by default
}

func ExampleChoice() {
	servers := []string{"alpha", "beta", "gamma"}
	server := secrets.Choice(servers)
	fmt.Println(slices.Contains(servers, server))
	// Output: true
}

func ExampleChoices() {
	coin := []string{"heads", "tails"}
	flips := secrets.Choices(coin, 100)
	fmt.Println(len(flips), "flips")
	// Output: 100 flips
}

func ExampleSample() {
	numbers := make([]int, 49)
	for i := range numbers {
		numbers[i] = i + 1
	}
	draw := secrets.Sample(numbers, 6)
	slices.Sort(draw)
	fmt.Println(len(slices.Compact(draw)), "different numbers")
	// Output: 6 different numbers
}

func ExampleShuffle() {
	questions := []string{"a", "b", "c", "d"}
	secrets.Shuffle(questions)
	slices.Sort(questions) // Nothing is lost and nothing repeated.
	fmt.Println(questions)
	// Output: [a b c d]
}

func ExampleRandBelow() {
	n := secrets.RandBelow(100) // 0 to 99
	fmt.Println(0 <= n && n < 100)
	// Output: true
}

func ExampleRandBelowBig() {
	// A number of 30 decimal digits, more than an int64 can hold.
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)
	n := secrets.RandBelowBig(limit)
	fmt.Println(n.Sign() >= 0 && n.Cmp(limit) < 0)
	// Output: true
}

func ExampleRandBits() {
	n := secrets.RandBits(173)
	fmt.Println(n.BitLen() <= 173)
	// Output: true
}

func ExampleCompareDigest() {
	stored := sha256.Sum256([]byte("the right token"))
	given := sha256.Sum256([]byte("another token"))
	fmt.Println(secrets.CompareDigest(stored[:], given[:]))
	fmt.Println(secrets.CompareDigest("naïve", "naïve"))
	// Output:
	// false
	// true
}

func ExampleSystemRandom() {
	r := rand.New(secrets.SystemRandom{})
	height := 175 + 7*r.NormFloat64() // normally distributed
	order := r.Perm(5)
	fmt.Println(height > 0, len(order))
	// Output: true 5
}

// An API key is shown to its owner once. Only its hash is stored, so that a
// stolen store contains no key.
func Example_apiKey() {
	key := secrets.TokenURLSafe()
	stored := sha256.Sum256([]byte(key))

	// Later, a client sends a key.
	sent := key
	hash := sha256.Sum256([]byte(sent))
	fmt.Println(secrets.CompareDigest(hash[:], stored[:]))
	// Output: true
}

// The link in a mail that resets a password holds a token, which needs no
// escaping.
func Example_passwordResetURL() {
	token := secrets.TokenURLSafe()
	link := "https://example.com/reset?token=" + token

	u, err := url.Parse(link)
	if err != nil {
		panic(err)
	}
	fmt.Println(u.Query().Get("token") == token)
	// Output: true
}

// A token has no expiry of its own: store the deadline beside its hash.
func Example_expiringToken() {
	type row struct {
		hash     [sha256.Size]byte
		deadline time.Time
	}
	token := secrets.TokenURLSafe()
	stored := row{
		hash:     sha256.Sum256([]byte(token)),
		deadline: time.Now().Add(time.Hour),
	}

	valid := func(token string, now time.Time) bool {
		hash := sha256.Sum256([]byte(token))
		return secrets.CompareDigest(hash[:], stored.hash[:]) && now.Before(stored.deadline)
	}
	fmt.Println(valid(token, time.Now()))
	fmt.Println(valid(token, time.Now().Add(2*time.Hour)))
	// Output:
	// true
	// false
}

// A session id of 256 bits. Two are the same with a probability of 2^-256, so that
// a new one need not be looked up first.
func Example_sessionID() {
	sessions := map[string]string{}
	id := secrets.TokenURLSafe()
	sessions[id] = "the user who logged in"

	fmt.Println(len(id), "characters:", sessions[id])
	// Output: 43 characters: the user who logged in
}

// The id of a background task need not be a secret, only different from all
// others: 128 bits are enough for that, without a database that counts.
func Example_taskID() {
	id := "task-" + secrets.TokenHex(16)
	fmt.Println(len(id))
	// Output: 37
}

// A database's password, of letters and digits, so that it needs no quoting in
// a connection URL, a shell or a configuration file.
func Example_databasePassword() {
	password := secrets.TokenFrom(secrets.Lowercase + secrets.Uppercase + secrets.Digits)
	dsn := "postgres://app:" + password + "@localhost/app"

	u, err := url.Parse(dsn)
	if err != nil {
		panic(err)
	}
	got, _ := u.User.Password()
	fmt.Println(len(password), got == password)
	// Output: 43 true
}

// A password with at least one lower-case letter, one upper-case letter and
// three digits. Drawing whole passwords until one fits the rule keeps all that fit
// equally likely. Drawing the five first and then filling up would not: it would
// favor passwords with more digits.
func Example_passwordRule() {
	const alphabet = secrets.Lowercase + secrets.Uppercase + secrets.Digits
	fits := func(password string) bool {
		digits := 0
		for _, c := range password {
			if strings.ContainsRune(secrets.Digits, c) {
				digits++
			}
		}
		return strings.ContainsAny(password, secrets.Lowercase) &&
			strings.ContainsAny(password, secrets.Uppercase) &&
			digits >= 3
	}

	password := secrets.TokenFrom(alphabet, 16)
	for !fits(password) { // Every other one does, about.
		password = secrets.TokenFrom(alphabet, 16)
	}
	fmt.Println(len(password), fits(password))
	// Output: 16 true
}

// A passphrase of words. Six words from a list of 7,776 different ones, read
// from a file, hold 77.5 bits. Six from this list, which fits the page, hold 24.
func Example_passphrase() {
	words := []string{
		"anchor", "basket", "candle", "donkey", "engine", "fabric", "garden", "hammer",
		"island", "jacket", "kettle", "ladder", "magnet", "needle", "orange", "pepper",
	}
	passphrase := strings.Join(secrets.Choices(words, 6), " ")
	fmt.Println(len(strings.Fields(passphrase)), "words")
	// Output: 6 words
}

// A code of six digits that keeps its leading zeros. It holds less than 20 bits:
// let it expire soon, and allow few guesses.
func Example_sixDigitCode() {
	code := secrets.TokenFrom(secrets.Digits, 6)
	fmt.Println(len(code), "digits")
	// Output: 6 digits
}

// A token that is safe to type on a command line: it cannot begin with '-', and
// no character in it means anything to a shell.
func Example_commandLine() {
	token := secrets.TokenFrom(secrets.Lowercase + secrets.Digits)
	fmt.Println(len(token), "characters, '-' among them:", strings.Contains(token, "-"))
	// Output: 50 characters, '-' among them: false
}

// In Python:
//
//	''.join(secrets.choice('abcd') for i in range(20))
func Example_twentyCharacters() {
	s := secrets.TokenFrom("abcd", 20)
	fmt.Println(len(s), "characters,", strings.Trim(s, "abcd") == "")
	// Output: 20 characters, true
}

func Example_die() {
	roll := 1 + secrets.RandBelow(6)
	fmt.Println(1 <= roll && roll <= 6)
	// Output: true
}

// Jitter keeps many clients from calling back at the same moment.
func Example_jitter() {
	delay := 10*time.Second + secrets.RandBelow(5*time.Second)
	fmt.Println(10*time.Second <= delay && delay < 15*time.Second)
	// Output: true
}

func Example_deck() {
	var deck []string
	for _, suit := range []string{"♠", "♥", "♦", "♣"} {
		for _, rank := range strings.Fields("A 2 3 4 5 6 7 8 9 10 J Q K") {
			deck = append(deck, rank+suit)
		}
	}
	secrets.Shuffle(deck) // Each of the 52! orders is equally likely.
	fmt.Println(len(deck), "cards")
	// Output: 52 cards
}

// A draw of three winners: no ticket wins twice, and the first prize goes to
// the first of the sample.
func Example_winners() {
	tickets := []int{1204, 1377, 1581, 1602, 1749, 1850, 1966}
	winners := secrets.Sample(tickets, 3)
	fmt.Println(len(winners), "winners")
	// Output: 3 winners
}

// A random float in [0, 1).
func Example_randomFloat() {
	x := rand.New(secrets.SystemRandom{}).Float64()
	fmt.Println(0 <= x && x < 1)
	// Output: true
}
