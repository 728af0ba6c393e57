package readme

import (
	cryptorand "crypto/rand"
	"math/rand/v2"
	"testing"

	"example.com/secrets"
)

func TestTokenOlder(t *testing.T) {
	old := cryptorand.Reader
	t.Cleanup(func() { cryptorand.Reader = old })
	cryptorand.Reader = rand.NewChaCha8([32]byte{1})
	if got, want := secrets.TokenHex(4), "6ae6783f"; got != want {
		t.Errorf("TokenHex(4) = %s, want %s", got, want)
	}
}
