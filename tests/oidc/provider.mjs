// The real `oidc-provider`, with invented people. Usage: node provider.mjs REDIRECT_URI...
// Says its address on the first line; ends when its standard input ends.
import http from 'node:http';
import process from 'node:process';
import Provider from 'oidc-provider';

const people = JSON.parse(process.env.PEOPLE);
const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    acrValues: ['gold'],
    claims: { openid: ['sub'], acr: null, amr: null, profile: ['name', 'id_number', 'preferred_username'] },
    clients: [{
      client_id: 'onething-test',
      client_secret: 'a secret of these tests: with + and /',
      redirect_uris: process.argv.slice(2),
      grant_types: ['authorization_code'],
    }],
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (ctx, interaction) => `/yes/${interaction.uid}` },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    cookies: { keys: ['an invented key'] },
    ttl: { Grant: 300, Interaction: 300, Session: 300, AccessToken: 300, IdToken: 300, AuthorizationCode: 60 },
  });
  const callback = provider.callback();

  async function sayYes(request, response, who, acr) {
    const { params } = await provider.interactionDetails(request, response);
    if (who === 'no') {
      return provider.interactionFinished(request, response, { error: 'access_denied' });
    }
    const grant = new provider.Grant({ accountId: who, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(request, response, { login: { accountId: who, acr }, consent });
  }

  server.on('request', (request, response) => {
    const address = new URL(request.url, issuer);
    if (!address.pathname.startsWith('/yes/')) return callback(request, response);
    const who = address.searchParams.get('who');
    if (who === null) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      return response.end(Object.keys(people).map((one) => `<a href="?who=${one}">${one}</a>`).join(' '));
    }
    return sayYes(request, response, who, address.searchParams.get('acr') ?? undefined).catch((error) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  console.log(issuer);
});
process.stdin.on('end', () => process.exit(0)).resume();
