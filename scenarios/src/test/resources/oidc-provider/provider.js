// A real provider for one client: node provider.js PORT CALLBACK SECRET
import { Provider } from 'oidc-provider';

const [port, callback, secret] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'aramaki',
      client_secret: secret,
      redirect_uris: [callback],
    },
  ],
  cookies: { keys: ['a key for cookies of tests'] },
});
provider.listen(Number(port), '127.0.0.1', () => console.log(`ready: ${issuer}`));
