// Package readme has the blocks of Go in README.md that are no programs of their own.
package readme

import (
	"crypto/rand"
	"math/big"
	"strings"
	"testing"

	"example.com/secrets"
)

const alphabet = secrets.Lowercase + secrets.Digits

func byHand() string {
	b := make([]byte, 20)
	for i := range b {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
		if err != nil {
			panic(err)
		}
		b[i] = alphabet[n.Int64()]
	}
	password := string(b)
	return password
}

func withSecrets() string {
	password := secrets.TokenFrom(alphabet, 20)
	return password
}

func TestAlphabet(t *testing.T) {
	for _, password := range []string{byHand(), withSecrets()} {
		if len(password) != 20 || strings.Trim(password, alphabet) != "" {
			t.Errorf("the password is %q", password)
		}
	}
}
