package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.ApiContract;
import io.freshet.api.http.Resource;
import io.freshet.api.problem.ProblemCode;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** I5: the OpenAPI document is served, and says what the service does. */
@ExtendWith(SharedService.class)
class OpenApiIT {

    private final RunningService service;
    private final ApiContract contract = ApiContract.ofThisBuild();

    OpenApiIT(RunningService service) {
        this.service = service;
    }

    @Test
    void shouldServeTheDocument() {
        // when
        var answer = service.api.get("/api/v1/cache/openapi.json");

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(contract.document());
    }

    @Test
    void shouldDescribeEveryOperationAndNoOther() {
        assertThat(contract.operations()).isEqualTo(routes());
    }

    @Test
    void shouldListEveryProblemCode() {
        assertThat(contract.document().at("/components/schemas/ProblemCode/enum").valueStream())
                .extracting(JsonNode::asString)
                .containsExactlyElementsOf(
                        Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
    }

    @Test
    void shouldReferToWhatIsThere() {
        assertThat(contract.document().findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(ref ->
                        assertThat(contract.document().at(ref.substring(1)).isMissingNode())
                                .as(ref)
                                .isFalse());
    }

    private Set<String> routes() {
        var operations = new TreeSet<String>();
        for (Resource resource : service.routes().resources()) {
            String path = "/" + String.join("/", resource.template());
            Set<HttpMethod> methods =
                    Stream.concat(
                                    resource.endpoints().keySet().stream(),
                                    resource.elsewhere().stream())
                            .collect(Collectors.toSet());
            // Where GET is, HEAD is; described where its headers matter.
            if (!resource.elsewhere().contains(HttpMethod.HEAD)) {
                methods.remove(HttpMethod.HEAD);
            }
            methods.forEach(method -> operations.add(method.name() + " " + path));
        }
        return operations;
    }
}
